"""The portal's records under the names of the wire, to and from JSON; names as OpenCPS v2 sends them, moments as the pack says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

Record = TypeVar("Record")
COUNTER, POST = "0", "1"  # HinhThuc
PERSON, BUSINESS = "1", "2"  # LoaiDoiTuong
MOMENT, NUMBER, TEXT = "moment", "number", "text"


class BadWire(Exception):
    """What came is not of the shape that was agreed; `fields` are the wire's names that are missing or wrong."""

    def __init__(self, wrong: list[str]) -> None:
        self.fields = wrong
        super().__init__(", ".join(wrong))


def named(name: str, kind: str) -> dict[str, Any]:
    """What the wire calls a field, and what it is."""
    return {"wire": name, "kind": kind}


def _text(name: str, *, required: bool = False) -> Any:
    return field(default="", metadata={"wire": name, "kind": TEXT, "required": required})


def _number(name: str) -> Any:
    return field(default=0, metadata={"wire": name, "kind": NUMBER})


def _rows(name: str, of: type) -> Any:
    return field(default=(), metadata={"wire": name, "kind": of})


@dataclass(frozen=True, slots=True)
class Attachment:
    """TaiLieuNop: one file handed in for one paper."""

    file_id: str = _text("TepDinhKemId")
    file_name: str = _text("TenTepDinhKem")
    paper_code: str = _text("MaThanhPhanHoSo")
    address: str = _text("DuongDanTaiTepTin")
    is_deleted: str = _text("IsDeleted")


@dataclass(frozen=True, slots=True)
class Charge:
    """DanhSachLePhi: one fee or charge, in đồng."""

    name: str = _text("TenPhiLePhi")
    code: str = _text("MaPhiLePhi")
    way: str = _text("HinhThucThu")
    amount_dong: int = _number("Gia")
    kind: str = _text("LoaiPhiLePhi")


@dataclass(frozen=True, slots=True)
class Supplement:
    """DanhSachHoSoBoSung: one request for papers, and what became of it."""

    supplement_id: str = _text("HoSoBoSungId")
    asked_by: str = _text("NguoiYeuCauBoSung")
    content: str = _text("NoiDungBoSung")
    asked_at: datetime | None = field(default=None, metadata=named("NgayBoSung", MOMENT))
    received_at: datetime | None = field(default=None, metadata=named("NgayTiepNhanBoSung", MOMENT))
    state: str = _text("TrangThaiBoSung")
    due_before: datetime | None = field(default=None, metadata=named("NgayHenTraTruoc", MOMENT))
    due_after: datetime | None = field(default=None, metadata=named("NgayHenTraMoi", MOMENT))


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """DanhSachGiayToKetQua: one paper of the result."""

    name: str = _text("TenGiayTo")
    paper_id: str = _text("GiayToId")
    address: str = _text("DuongDanTepTinKetQua")


@dataclass(frozen=True, slots=True)
class Whole:
    """DongBoHoSoMC: all that the portal is told of a dossier."""

    portal_code: str = _text("MaHoSo", required=True)
    procedure_code: str = _text("MaTTHC", required=True)
    procedure_name: str = _text("TenTTHC")
    sector_code: str = _text("MaLinhVuc")
    sector_name: str = _text("TenLinhVuc")
    holder_name: str = _text("ChuHoSo", required=True)
    holder_kind: str = _text("LoaiDoiTuong")
    holder_number: str = _text("MaDoiTuong")
    email: str = _text("Email")
    phone: str = _text("SoDienThoai")
    title: str = _text("TrichYeuHoSo")
    accepted_at: datetime | None = field(default=None, metadata=named("NgayTiepNhan", MOMENT))
    due_at: datetime | None = field(default=None, metadata=named("NgayHenTra", MOMENT))
    state: str = _text("TrangThaiHoSo", required=True)
    returned_at: datetime | None = field(default=None, metadata=named("NgayTra", MOMENT))
    way: str = _text("HinhThuc")
    resolved_at: datetime | None = field(default=None, metadata=named("NgayKetThucXuLy", MOMENT))
    agency: str = _text("DonViXuLy")
    attachments: tuple[Attachment, ...] = _rows("TaiLieuNop", Attachment)
    charges: tuple[Charge, ...] = _rows("DanhSachLePhi", Charge)
    supplements: tuple[Supplement, ...] = _rows("DanhSachHoSoBoSung", Supplement)
    results: tuple[ResultPaper, ...] = _rows("DanhSachGiayToKetQua", ResultPaper)


@dataclass(frozen=True, slots=True)
class Progress:
    """CapNhatTienDoHoSoMC: one step that was taken."""

    portal_code: str = _text("MaHoSo", required=True)
    actor_name: str = _text("NguoiXuLy")
    actor_post: str = _text("ChucDanh")
    acted_at: datetime | None = field(default=None, metadata=named("ThoiDiemXuLy", MOMENT))
    unit_name: str = _text("PhongBanXuLy")
    content: str = _text("NoiDungXuLy")
    state: str = _text("TrangThai", required=True)
    began_at: datetime | None = field(default=None, metadata=named("NgayBatDau", MOMENT))
    due_at: datetime | None = field(default=None, metadata=named("NgayKetThucTheoQuyDinh", MOMENT))


@dataclass(frozen=True, slots=True)
class Seen:
    """TraCuuHoSo: what the portal believes of a dossier, as far as we compare it."""

    portal_code: str = _text("MaHoSo", required=True)
    procedure_code: str = _text("MaTTHC")
    state: str = _text("TrangThaiHoSo", required=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """LayThuTuc, LayDanhSachTTHC: a procedure as the portal lists it; these names stand in capitals."""

    code: str = _text("MATTHC", required=True)
    name: str = _text("TENTTHC")


@dataclass(frozen=True, slots=True)
class Agency:
    """LayDanhMucCoQuan: an agency as the portal lists it."""

    code: str = _text("MADONVI", required=True)
    name: str = _text("TENDONVI")


@dataclass(frozen=True, slots=True)
class Codec:
    """Writes and reads records; `moment_format` is that of strptime, in the portal's own zone."""

    moment_format: str
    zone: str

    def to_wire(self, record: Any) -> dict[str, Any]:
        """The record as a JSON object; an empty moment is an empty text, numbers are texts."""
        return {one.metadata["wire"]: self._out(getattr(record, one.name), one.metadata) for one in fields(record)}

    def from_wire(self, kind: type[Record], content: object) -> Record:
        """
        The record in a JSON object; names that are not ours are passed over.

        :raises BadWire: a required field is missing, or one cannot be read; names all of them
        """
        wrong: list[str] = []
        values = {}
        table = content if isinstance(content, Mapping) else {}
        for one in fields(kind):  # type: ignore[arg-type]
            name = one.metadata["wire"]
            try:
                values[one.name] = self._in(table.get(name), one.metadata)
            except BadWire as inner:
                wrong += [f"{name}.{each}" for each in inner.fields]
            except (ValueError, TypeError):
                wrong.append(name)
            if one.metadata.get("required") and not values.get(one.name) and name not in wrong:
                wrong.append(name)
        if wrong:
            raise BadWire(wrong)
        return kind(**values)

    def write_moment(self, moment: datetime | None) -> str:
        """A moment in the wire's form; empty for none."""
        return moment.astimezone(ZoneInfo(self.zone)).strftime(self.moment_format) if moment else ""

    def read_moment(self, text: object) -> datetime | None:
        """The moment in the wire's form. :raises ValueError: it is none"""
        if not text:
            return None
        return datetime.strptime(str(text), self.moment_format).replace(tzinfo=ZoneInfo(self.zone))

    def _out(self, value: Any, known: Mapping[str, Any]) -> Any:
        kind = known["kind"]
        if kind == MOMENT:
            return self.write_moment(value)
        return [self.to_wire(row) for row in value] if isinstance(kind, type) else str(value)

    def _in(self, value: Any, known: Mapping[str, Any]) -> Any:
        kind = known["kind"]
        if isinstance(kind, type):
            return tuple(self.from_wire(kind, row) for row in _list(value))
        return READERS[kind](self, value)


def _list(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise TypeError
    return value


def _read_text(_codec: Codec, value: Any) -> str:
    if value is not None and not isinstance(value, str | int):
        raise TypeError
    return "" if value is None else str(value).strip()


READERS: Final[Mapping[str, Callable[[Codec, Any], Any]]] = {
    TEXT: _read_text,
    MOMENT: lambda codec, value: codec.read_moment(value),
    NUMBER: lambda _codec, value: int(value or 0),
}

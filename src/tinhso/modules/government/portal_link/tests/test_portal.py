"""One contract for the portal, kept in this process and over real HTTP; its records under the names of the wire."""

from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import Request, urlopen

import pytest
from django.test import override_settings

from tinhso.modules.government.portal_link.adapters import demonstration, find_exchange
from tinhso.modules.government.portal_link.adapters.direct import Direct
from tinhso.modules.government.portal_link.adapters.http import HttpTransport
from tinhso.modules.government.portal_link.adapters.simulator import Simulator
from tinhso.modules.government.portal_link.adapters.wire_portal import Account, WirePortal
from tinhso.modules.government.portal_link.pages import simulator as simulator_pages
from tinhso.modules.government.portal_link.ports import Key, Refused, Unreachable
from tinhso.modules.government.portal_link.rules.wire import (
    Attachment,
    BadWire,
    Charge,
    Progress,
    ResultPaper,
    Seen,
    Supplement,
    Whole,
)

from .conftest import CATALOGUE, CODE, FRIDAY, make_simulator

ACCOUNT = Account("tinhso", "secret", "H90", "VN:GOV:H90")
DOSSIER = "H90.01-261120-0001"
WHOLE = Whole(
    portal_code=DOSSIER, procedure_code=CODE, procedure_name="Thử", holder_name="Hoàng Thị Mai", state="2", accepted_at=FRIDAY,
    due_at=FRIDAY, agency="H90.01", attachments=(Attachment("1", "a.pdf", "proof", "https://x/a.pdf", "0"),),
    charges=(Charge("Lệ phí", "LP", "2", 8000, "1"),), supplements=(Supplement("b-1", "Hoa", "Ảnh mờ", FRIDAY),),
    results=(ResultPaper("Giấy", "12", "https://x/kq.pdf"),),
)  # fmt: skip
STEP = Progress(portal_code=DOSSIER, actor_name="Hoa", acted_at=FRIDAY, content="Bắt đầu", state="4")


def key(number: int, code: str = DOSSIER) -> Key:
    return Key(code, number)


@pytest.fixture(params=["in this process", pytest.param("over HTTP", marks=pytest.mark.django_db(transaction=True))])
def both(request, settings) -> Iterator[tuple[WirePortal, Simulator]]:
    """The portal without a network, and the HTTP adapter against the simulator's own pages on a real socket."""
    if request.param == "in this process":
        simulator = make_simulator()
        yield WirePortal(Direct(simulator, lambda: FRIDAY), ACCOUNT, simulator.exchange), simulator
        return
    settings.NATIONAL_PORTAL = {**settings.NATIONAL_PORTAL, "password": "secret"}
    server = request.getfixturevalue("live_server")
    with pytest.MonkeyPatch.context() as patch:
        simulator = demonstration.simulator()
        simulator.find_catalogue = lambda: CATALOGUE
        patch.setattr(demonstration, "simulator", lambda: simulator)
        patch.setattr(simulator_pages, "SILENCE_SECONDS", 0.6)
        address = server.url + "/simulators/national-portal"
        urlopen(Request(address + "/login", b"{}"), timeout=30).close()  # the first request of all takes its time
        transport = HttpTransport(address, seconds=0.5)
        yield WirePortal(transport, ACCOUNT, find_exchange()), simulator
        transport.close()


def test_a_dossier_that_was_put_is_found_with_the_state_of_its_last_step(both):
    portal, _simulator = both
    assert portal.find_dossier(DOSSIER) is None
    portal.put_dossier(WHOLE, key=key(1), is_new=True)
    portal.put_progress(STEP, key=key(2))

    assert portal.find_dossier(DOSSIER) == Seen(DOSSIER, CODE, "4")
    assert list(portal.list_dossiers(date(2020, 1, 1), date(2099, 1, 1))) == [Seen(DOSSIER, CODE, "4")]
    assert not portal.list_dossiers(date(2020, 1, 1), date(2020, 1, 2))


def test_the_same_key_is_one_effect(both):
    portal, simulator = both
    portal.put_dossier(WHOLE, key=key(1), is_new=True)
    for _ in range(3):
        portal.put_progress(STEP, key=key(2))

    ((_code, believed),) = simulator.believed()
    assert (believed["sequences"], len(believed["progress"])) == ([1, 2], 1)


@pytest.mark.parametrize("is_new", [True, False])
def test_whether_the_portal_knows_a_dossier_already_is_no_trouble(both, is_new):
    portal, _simulator = both
    portal.put_dossier(WHOLE, key=key(1), is_new=is_new)
    portal.put_dossier(WHOLE, key=key(2), is_new=is_new)

    assert portal.find_dossier(DOSSIER) == Seen(DOSSIER, CODE, "2")


def test_a_step_of_a_dossier_that_the_portal_does_not_know_is_refused_in_words(both):
    portal, _simulator = both
    with pytest.raises(Refused) as refusal:
        portal.put_progress(STEP, key=key(1))

    assert refusal.value.code == "02"
    assert "Cổng chưa có hồ sơ này" in refusal.value.words


def test_lists_of_procedures_and_agencies(both):
    portal, _simulator = both
    assert [(row.code, row.name) for row in portal.list_procedures()] == [(CODE, "Thử")]
    assert portal.get_procedure(CODE).name == "Thử"
    assert portal.get_procedure("9.999999") is None
    assert [(row.code, row.name) for row in portal.list_agencies()] == [("H90.01", "Xã Thử")]


@pytest.mark.parametrize("fault", ["timeout", "error", "lost_answer", "late", "garbage"])
def test_no_usable_answer_is_said_so_and_the_next_call_may_go_through(both, fault):
    portal, simulator = both
    simulator.plan_faults(fault)
    with pytest.raises(Unreachable):
        portal.put_dossier(WHOLE, key=key(1), is_new=True)
    portal.put_dossier(WHOLE, key=key(1), is_new=True)

    ((_code, believed),) = simulator.believed()
    assert believed["sequences"] == [1]


def test_a_session_that_ran_out_is_renewed_without_anybody_noticing(both):
    portal, simulator = both
    portal.put_dossier(WHOLE, key=key(1), is_new=True)
    simulator.plan_faults("expired")
    portal.put_progress(STEP, key=key(2))

    assert portal.find_dossier(DOSSIER).state == "4"


def test_a_wrong_password_is_no_refusal_of_the_message(both):
    _portal, simulator = both
    wrong = WirePortal(Direct(simulator, lambda: FRIDAY), Account("tinhso", "sai", "", ""), simulator.exchange)
    with pytest.raises(Unreachable, match="phiên"):
        wrong.put_progress(STEP, key=key(1))


def test_the_portal_may_lie_and_may_swallow(both):
    portal, simulator = both
    simulator.plan_faults("swallow")
    portal.put_dossier(WHOLE, key=key(1), is_new=True)
    assert portal.find_dossier(DOSSIER) is None

    portal.put_dossier(WHOLE, key=key(2), is_new=True)
    simulator.plan_faults("lie")
    assert portal.find_dossier(DOSSIER).state == "8"
    assert portal.find_dossier(DOSSIER).state == "2"


def test_records_keep_their_names_and_come_back_the_same():
    codec = find_exchange().codec
    wire = codec.to_wire(WHOLE)

    assert codec.from_wire(Whole, wire) == WHOLE
    assert codec.from_wire(Progress, codec.to_wire(STEP)) == STEP
    assert wire["NgayTiepNhan"] == "20261120090000"
    assert wire["NgayTra"] == ""
    assert wire["DanhSachLePhi"] == [
        {"TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "LP", "HinhThucThu": "2", "Gia": "8000", "LoaiPhiLePhi": "1"}
    ]
    assert list(wire) == [
        *("MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "ChuHoSo", "LoaiDoiTuong", "MaDoiTuong", "Email"),
        *("SoDienThoai", "TrichYeuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "NgayTra", "HinhThuc"),
        *("NgayKetThucXuLy", "DonViXuLy", "TaiLieuNop", "DanhSachLePhi", "DanhSachHoSoBoSung", "DanhSachGiayToKetQua"),
    ]
    assert list(codec.to_wire(STEP)) == [
        *("MaHoSo", "NguoiXuLy", "ChucDanh", "ThoiDiemXuLy", "PhongBanXuLy", "NoiDungXuLy", "TrangThai", "NgayBatDau"),
        "NgayKetThucTheoQuyDinh",
    ]


def test_a_record_that_does_not_fit_names_everything_that_is_wrong():
    with pytest.raises(BadWire) as wrong:
        find_exchange().codec.from_wire(
            Whole, {"MaHoSo": "x", "NgayHenTra": "mai", "TaiLieuNop": [{"TenTepDinhKem": []}]}
        )

    assert set(wrong.value.fields) == {"MaTTHC", "ChuHoSo", "TrangThaiHoSo", "NgayHenTra", "TaiLieuNop.TenTepDinhKem"}


def test_addresses_are_https_but_for_this_machine_and_papers_come_from_the_portal_alone():
    with pytest.raises(ValueError, match="https"):
        HttpTransport("http://cong.example.vn", seconds=1)
    transport = HttpTransport("https://cong.example.vn", seconds=1)
    for address in ("http://cong.example.vn/a", "https://169.254.169.254/a", "file:///etc/passwd", "https://other/a"):
        with pytest.raises(Refused):
            transport.fetch(address, 100, {})


class _Closing(BaseHTTPRequestHandler):
    """Answers, and closes the kept connection without saying so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        return


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Closing)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        transport = HttpTransport(f"http://127.0.0.1:{server.server_port}", seconds=2)
        assert [transport.post("/call", {}, {}) for _ in range(3)] == [(200, b"{}")] * 3
    finally:
        transport.close()
        server.shutdown()
        server.server_close()


@override_settings(DEMO=False)
def test_without_an_address_and_outside_a_demonstration_there_is_no_portal():
    from tinhso.modules.government.portal_link.adapters import find_portal

    assert find_portal() is None

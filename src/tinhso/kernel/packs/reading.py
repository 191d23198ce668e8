"""Reading packs from their folders: everything that can be read is, and everything that cannot becomes a problem."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import NO_TARIFF, Invalid, Place, Problem, Procedure, Tariff, read_procedure
from tinhso.kernel.flow.fee_reading import read_tariff
from tinhso.kernel.flow.references import untranslated
from tinhso.kernel.flow.tables import Table
from tinhso.kernel.packs.contents import NoticeText, Pack, Packs, Role
from tinhso.kernel.packs.files import read_table
from tinhso.kernel.packs.form_checks import read_form
from tinhso.kernel.packs.forms import Form
from tinhso.kernel.packs.notices import find_notice_problems, read_notice
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.kernel.packs.sharing import Shared, Whole, read_shared, with_shared
from tinhso.kernel.packs.wording import problem

SCOPES = ("unit", "case", "system")
NOTHING: Mapping[str, Any] = {}


class InvalidPacks(Invalid):
    """Packs that cannot be read; each problem has its file and line."""


@dataclass(slots=True)
class Reading:
    """What was read so far, from which file each piece came, and what was wrong."""

    packs: list[Pack] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)
    procedures: dict[tuple[str, date], Procedure] = field(default_factory=dict)
    forms: dict[tuple[str, date], Form] = field(default_factory=dict)
    texts: dict[str, NoticeText] = field(default_factory=dict)
    calendars: list[Mapping[str, Any]] = field(default_factory=list)
    holidays: list[Mapping[str, str]] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    tables: dict[tuple[str, date], Mapping[str, Any]] = field(default_factory=dict)
    files: dict[int, Whole] = field(default_factory=dict)
    opened: dict[Path, Mapping[str, Any]] = field(default_factory=dict)
    tariff: Tariff = NO_TARIFF
    problems: list[Problem] = field(default_factory=list)

    def toml(self, path: Path) -> Mapping[str, Any]:
        """The table in a file; where it cannot be read a problem with its line, and an empty table."""
        if path not in self.opened:
            self.opened[path] = NOTHING
            self.opened[path] = read_table(path, self.problems)
        return self.opened[path]

    def report(self, path: Path, found: Iterable[Problem]) -> None:
        """Keep problems with a file, each with its line."""
        lines: dict[Place, int] = {}
        for each in found:
            lines = lines or _lines(path)
            self.problems.append(replace(each, path=str(path), line=line_of(each.place, lines)))

    def report_piece(self, piece: Procedure | Form, found: Iterable[Problem]) -> None:
        """Keep problems of a procedure or form with the file and line each was written in."""
        self.report_whole(self.files[id(piece)], found)

    def report_whole(self, whole: Whole, found: Iterable[Problem]) -> None:
        """Keep problems of a table, with the file each of its rows came from; a row that became several is told once."""
        told: dict[tuple[str, Path, Place], Problem] = {}
        for each in found:
            path, place = whole.locate(each.place)
            told.setdefault((each.code, path, place), replace(each, place=place))
        for (_, path, _), each in told.items():
            self.report(path, [each])

    def contents(self) -> Packs:
        """What was read, frozen."""
        indicators = (path for pack in self.packs for path in sorted((pack.folder / "indicators").glob("*.sql")))
        return Packs(
            packs=tuple(self.packs),
            roles=self.roles,
            procedures=self.procedures,
            tables=self.tables,
            forms=self.forms,
            texts=self.texts,
            calendars=tuple(self.calendars),
            holidays=tuple(self.holidays),
            indicators=tuple(indicators),
            tariff=self.tariff,
        )


def read_packs(root: Path, codes: Iterable[str]) -> Packs:
    """
    All that the packs of these codes under `root` hold, with the packs they require, these first.

    :raises InvalidPacks: a file is missing or cannot be read; `check_packs` also judges what they say
    """
    reading = read_all(root, codes)
    if reading.problems:
        raise InvalidPacks(reading.problems)
    return reading.contents()


def read_all(root: Path, codes: Iterable[str]) -> Reading:
    """Everything that can be read of these packs and those they require, with all problems."""
    reading = Reading()
    for code in codes:
        _read_pack(reading, root, code, ())
    return reading


def _read_pack(reading: Reading, root: Path, code: str, on_the_way: tuple[str, ...]) -> None:
    if any(pack.code == code for pack in reading.packs):
        return
    path = root / code / "pack.toml"
    if code in on_the_way:
        circle = " → ".join((*on_the_way, code))
        reading.report(root / on_the_way[-1] / "pack.toml", [problem("circle_of_packs", ("requires",), circle=circle)])
        return
    if not path.is_file():
        origin = root / on_the_way[-1] / "pack.toml" if on_the_way else path
        reading.report(origin, [problem("missing_pack", ("requires",), pack=code)])
        return
    pack = _pack(reading, path)
    for required in pack.requires:
        _read_pack(reading, root, required, (*on_the_way, code))
    reading.packs.append(pack)
    _read_contents(reading, pack.folder)


def _pack(reading: Reading, path: Path) -> Pack:
    table = Table(reading.toml(path), [])
    pack = Pack(table.string("code"), table.text("name"), path.parent, table.strings("requires"))
    table.close()
    reading.report(path, [*table.problems, *untranslated(pack.name, ("name",), required=True)])
    if pack.code and pack.code != path.parent.name:
        wrong = problem("pack_in_wrong_folder", ("code",), pack=pack.code, folder=path.parent.name)
        reading.report(path, [wrong])
    return replace(pack, code=path.parent.name)


def _read_contents(reading: Reading, folder: Path) -> None:
    _read_roles(reading, folder / "roles.toml")
    for name in ("flows", "forms"):
        for path in sorted((folder / name).glob("*.toml")):
            _read_shared(reading, path)
    for path in sorted((folder / "procedures").glob("*.toml")):
        _read_piece(reading, path, read_procedure, reading.procedures)
    for path in sorted((folder / "forms").glob("*.toml")):
        _read_piece(reading, path, read_form, reading.forms)
    _read_notices(reading, folder / "texts" / "notices.toml")
    if (folder / "calendars.toml").is_file():
        reading.calendars.extend(reading.toml(folder / "calendars.toml").get("calendar", []))
    if (folder / "fees.toml").is_file():
        tariff, found = read_tariff(reading.toml(folder / "fees.toml"))
        reading.report(folder / "fees.toml", found)
        reading.tariff = Tariff(reading.tariff.amounts + tariff.amounts, reading.tariff.reductions + tariff.reductions)
    if (folder / "holidays.csv").is_file():
        with (folder / "holidays.csv").open(encoding="utf-8", newline="") as lines:
            reading.holidays.extend(csv.DictReader(lines))


def _read_shared(reading: Reading, path: Path) -> None:
    """Keep what others may be like; a form is judged when it is read itself."""
    table = reading.toml(path)
    if not table:
        return
    problems: list[Problem] = []
    shared = read_shared(table, path, problems)
    if path.parent.name == "flows":
        reading.report(path, [*problems, *_misnamed(shared, path)])
    reading.shared.append(shared)


def _read_piece(reading: Reading, path: Path, read: Any, pieces: dict[tuple[str, date], Any]) -> None:
    """Read one procedure or form; its file is called by its code and version."""
    table = reading.toml(path)
    if not table:
        return
    problems: list[Problem] = []
    whole = with_shared(table, path, reading.shared, problems)
    reading.report(path, problems)
    try:
        piece = read(whole.table)
    except Invalid as invalid:
        reading.report_whole(whole, invalid.problems)
        return
    reading.report(path, _misnamed(piece, path))
    pieces[piece.code, piece.version] = piece
    if isinstance(piece, Procedure):
        reading.tables[piece.code, piece.version] = whole.table
    reading.files[id(piece)] = whole


def _misnamed(piece: Procedure | Form | Shared, path: Path) -> list[Problem]:
    name = f"{piece.code}_{piece.version.isoformat()}.toml"
    return [] if path.name == name else [problem("wrong_file_name", ("code",), name=name)]


def _read_roles(reading: Reading, path: Path) -> None:
    if not path.is_file():
        return
    found: list[Problem] = []
    codes = set[str]()
    whole = Table(reading.toml(path), found)
    for table in whole.tables("role"):
        role = Role(table.code("code"), table.text("name"), table.string("scope", "unit"))
        table.close()
        found.extend(untranslated(role.name, (*table.place, "name"), required=True))
        if role.code in codes:
            found.append(problem("repeated_role", (*table.place, "code"), role=role.code))
        if role.scope not in SCOPES:
            found.append(problem("unknown_scope", (*table.place, "scope"), scope=role.scope, known=", ".join(SCOPES)))
        codes.add(role.code)
        reading.roles[role.code] = role
    whole.close()
    reading.report(path, found)


def _read_notices(reading: Reading, path: Path) -> None:
    if not path.is_file():
        return
    found: list[Problem] = []
    facts = set[str]()
    whole = Table(reading.toml(path), found)
    for table in whole.tables("notice"):
        notice = read_notice(table)
        found.extend(find_notice_problems(notice, table.place))
        if notice.fact in facts:
            found.append(problem("repeated_notice", (*table.place, "fact"), fact=notice.fact))
        facts.add(notice.fact)
        reading.texts[notice.fact] = notice
    whole.close()
    reading.report(path, found)


def _lines(path: Path) -> dict[Place, int]:
    try:
        return positions(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {(): 1}

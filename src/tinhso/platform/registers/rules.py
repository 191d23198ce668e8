"""Which register holds what, what each is called, which one is asked for what is wanted. No database, no network."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import Text

OF_A_PERSON: Final = ("name", "number", "birth_date", "birth_year", "sex", "ethnic_group", "nationality", "home_town")


@dataclass(frozen=True, slots=True)
class Register:
    """
    One register: its code, its name, the paths it holds with what each is called in words.

    Which base answers for what: NĐ 278/2025 and Luật Căn cước as far as they were read; addresses are settings.
    """

    code: str
    name: Text
    holds: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Looked:
    """One holder ("person", "spouse", "household") in one register: what it holds, as of when."""

    register: str
    holder: str
    values: Mapping[str, Any]
    as_of: date


_WORDS: Final[Mapping[str, Text]] = {
    "name": Text("họ tên", "name"),
    "number": Text("số định danh", "personal number"),
    "birth_date": Text("ngày sinh", "date of birth"),
    "birth_year": Text("năm sinh", "year of birth"),
    "sex": Text("giới tính", "sex"),
    "ethnic_group": Text("dân tộc", "ethnic group"),
    "nationality": Text("quốc tịch", "nationality"),
    "home_town": Text("quê quán", "home town"),
    "marital_status": Text("tình trạng hôn nhân", "marital status"),
    "residence": Text("nơi cư trú", "residence"),
}
_SPOUSE: Final = Text("của vợ hoặc chồng", "of husband or wife")
POPULATION: Final = Register(
    "population",
    Text("Cơ sở dữ liệu quốc gia về dân cư", "National population database"),
    {f"person.{name}": _WORDS[name] for name in (*OF_A_PERSON, "marital_status")}
    | {
        f"spouse.{name}": Text(f"{_WORDS[name].vi} {_SPOUSE.vi}", f"{_WORDS[name].en} {_SPOUSE.en}")
        for name in (*OF_A_PERSON, "residence")
    },
)
RESIDENCE: Final = Register(
    "residence",
    Text("Cơ sở dữ liệu về cư trú", "Residence database"),
    {
        "person.residence": _WORDS["residence"],
        "household.address": Text("địa chỉ của hộ", "address of the household"),
        "household.head_name": Text("tên chủ hộ", "head of the household"),
        "household.head_number": Text("số định danh của chủ hộ", "personal number of the head"),
    },
)
POVERTY: Final = Register(
    "poverty",
    Text("Cơ sở dữ liệu hộ nghèo, hộ cận nghèo", "Register of poor households"),
    {"household.poverty_class": Text("diện hộ nghèo, cận nghèo", "class of the household")},
)
REGISTERS: Final = (POPULATION, RESIDENCE, POVERTY)
BY_CODE: Final = {each.code: each for each in REGISTERS}


def plan(wanted: Collection[str]) -> dict[str, frozenset[str]]:
    """For each register that holds something of what is wanted, what it is to be asked; nothing more."""
    asked = {each.code: frozenset(wanted) & each.holds.keys() for each in REGISTERS}
    return {code: fields for code, fields in asked.items() if fields}


def sorted_out(register: str, fields: Collection[str], values: Mapping[str, Any], as_of: date) -> list[Looked]:
    """An answer by holder; what was not asked for is dropped, whatever came."""
    found: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        holder, _, name = path.rpartition(".")
        if path in fields and isinstance(value, str | int) and str(value).strip():
            found.setdefault(holder, {})[name] = value
    return [Looked(register, holder, held, as_of) for holder, held in found.items()]


def words_for(register: str, fields: Collection[str], language: str = "vi") -> str:
    """What was asked of a register, in words: "dân tộc, quê quán; của vợ hoặc chồng: họ tên"."""
    asked = [path for path in BY_CODE[register].holds if path in fields]
    own = [BY_CODE[register].holds[path].in_language(language) for path in asked if not path.startswith("spouse.")]
    spouse = [
        _WORDS[path.removeprefix("spouse.")].in_language(language) for path in asked if path.startswith("spouse.")
    ]
    of_spouse = f"{_SPOUSE.in_language(language)}: {', '.join(spouse)}" if spouse else ""
    return "; ".join(part for part in (", ".join(own), of_spouse) if part)

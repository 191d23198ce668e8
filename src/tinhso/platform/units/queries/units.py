"""Units as frozen rows: by key, by code and day, by name, above and below, before and after."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from tinhso.kernel.places import Move, Places, Succession, split_key
from tinhso.kernel.vietnamese import collation_key
from tinhso.platform.units import models
from tinhso.platform.units.queries.keeping import Kept
from tinhso.platform.units.rules import SeatRow, UnitRow, fold_name

_FIELDS = (
    *("key", "code", "kind", "designation", "name", "name_en", "parent_key", "path", "valid_from", "valid_to"),
    *("latitude", "longitude", "calendar", "agency_code", "start_known", "note"),
)
KINDS = ("country", "province", "commune", "district", "agency", "department", "office", "desk")

_units: Kept[str, UnitRow] = Kept()
_with_agency: Kept[tuple[date, tuple[str, ...]], tuple[UnitRow, ...]] = Kept()


class NoSuchUnit(LookupError):
    """No unit answers; `vi` (also the message) and `en` say what was looked for."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en


def get_unit(key: str) -> UnitRow:
    """
    The unit with that key; kept in the process for up to a minute.

    :raises BareCode: it is a code without a day
    :raises NoSuchUnit: there is none
    """
    split_key(key)
    return _units.get(key, _read_unit)


def get_units(keys: Iterable[str]) -> dict[str, UnitRow]:
    """The units with those keys, by key, in one query; keys of no unit are left out."""
    return {row.key: row for row in _rows(models.Unit.objects.filter(key__in=set(keys)))}


def find_unit(code: str, kind: str, on: date) -> UnitRow | None:
    """The unit of that kind that had the code on that day; None when none had."""
    return next(iter(_rows(_standing(on).filter(code=code, kind=kind)[:1])), None)


def list_children(key: str, on: date, *, kinds: Sequence[str] = ()) -> list[UnitRow]:
    """The units right below on that day, of these kinds (all when empty), by kind and Vietnamese alphabet."""
    split_key(key)
    found = _standing(on).filter(parent_key=key)
    rows = _rows(found.filter(kind__in=kinds) if kinds else found)
    return sorted(rows, key=lambda unit: (KINDS.index(unit.kind), collation_key(unit.short_name)))


def list_descendant_keys(key: str, on: date, *, kinds: Sequence[str] = ()) -> list[str]:
    """The keys of every unit below on that day, of these kinds (all when empty); a parent before what is below it."""
    split_key(key)
    found = _standing(on).filter(path__contains=[key]).exclude(key=key)
    return list((found.filter(kind__in=kinds) if kinds else found).order_by("path").values_list("key", flat=True))


def list_with_agency(on: date, *, kinds: Sequence[str]) -> list[UnitRow]:
    """
    Where cases can be taken in on that day, by alphabet: units of these kinds that have an agency of their own, and
    agencies of these designations ("land_registry").

    Every filing asks for them: they are kept in the process for up to a minute.
    """
    return list(_with_agency.get((on, tuple(kinds)), _read_with_agency))


def _read_with_agency(asked: tuple[date, tuple[str, ...]]) -> tuple[UnitRow, ...]:
    on, kinds = asked
    parents = _standing(on).filter(kind="agency").values("parent_key")
    rows = _rows(
        _standing(on).filter(Q(kind__in=kinds, key__in=parents) | Q(designation__in=kinds, agency_code__gt=""))
    )
    return tuple(sorted(rows, key=lambda unit: (KINDS.index(unit.kind), collation_key(unit.short_name))))


def list_ancestors(key: str) -> list[UnitRow]:
    """The units above, the nearest first."""
    return [get_unit(above) for above in reversed(get_unit(key).path[:-1])]


def find_nearest(key: str, kind: str, on: date) -> UnitRow:
    """
    The unit of that kind (or designation) nearest to `key`: itself, else above it, else below it or below what is above.

    :raises NoSuchUnit: there is none on that day, all the way up
    """
    line = [get_unit(key), *list_ancestors(key)]
    for unit in line:
        if kind in {unit.kind, unit.designation}:
            return unit
    wanted = Q(kind=kind) | Q(designation=kind)
    for unit in line:
        below = _standing(on).filter(wanted, path__contains=[unit.key])
        for found in _rows(below.order_by("path__len", "path")[:1]):
            return found
    raise NoSuchUnit(f"Không có đơn vị loại “{kind}” gần {key}.", f"There is no unit of kind “{kind}” near {key}.")


def find_units_by_name(
    text: str, on: date, *, kinds: Sequence[str] = (), within: str = "", limit: int = 20
) -> list[UnitRow]:
    """
    Units standing on that day whose name holds the text, marks and capitals aside; the closest first.

    :param within: key of a unit below which to look
    """
    folded = fold_name(text)
    if not folded:
        return []
    found = _standing(on).filter(name_folded__contains=folded)
    found = found.filter(kind__in=kinds) if kinds else found
    found = found.filter(path__contains=[within]) if within else found
    closeness = Case(
        When(Q(name_folded=folded) | Q(name_folded__endswith=f" {folded}"), then=Value(0)),
        When(Q(name_folded__startswith=folded) | Q(name_folded__contains=f" {folded}"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rank = Case(*[When(kind=kind, then=Value(place)) for place, kind in enumerate(KINDS)], default=Value(len(KINDS)))
    return _rows(found.order_by(closeness, rank, Length("name_folded"), "name_folded", "key")[:limit])


def successors_of(key: str, on: date) -> list[tuple[UnitRow, bool]]:
    """
    Where the unit is found on that day: itself while it stands, else what became of it, over any number of steps.

    :returns: each unit with whether only part of the older one went there; empty when the unit is yet to come
    """
    split_key(key)
    steps = _follow(key)
    units = get_units([key, *(step.to_key for step in steps)])
    if key not in units:
        raise _unknown(key)
    moves: Sequence[Move] = Places((unit.as_place() for unit in units.values()), steps).moved_to(key, on)
    return [(units[move.place.key], move.partly) for move in moves]


def predecessors_of(key: str) -> list[tuple[UnitRow, bool]]:
    """What the unit was made of, one step back, each with whether it came only in part."""
    split_key(key)
    steps = dict(models.Succession.objects.filter(to_key=key).order_by("from_key").values_list("from_key", "partly"))
    units = get_units(steps)
    return [(units[from_key], partly) for from_key, partly in steps.items()]


def list_seats(unit_key: str) -> list[SeatRow]:
    """The seats of a unit, by role."""
    split_key(unit_key)
    seats = models.Seat.objects.filter(unit_key=unit_key).order_by("role")
    return [SeatRow(*row) for row in seats.values_list("unit_key", "role", "title_vi", "title_en", "seats")]


def get_agency_code(unit_key: str, on: date) -> str:
    """
    The agency code that a unit's dossiers bear: its own, else that of the committee below it, else of what is above.

    :raises NoSuchUnit: neither the unit nor anything near it has an agency code
    """
    unit = get_unit(unit_key)
    for near in [unit, *list_children(unit_key, on, kinds=("agency",)), *list_ancestors(unit_key)]:
        if near.agency_code:
            return near.agency_code
    raise NoSuchUnit(f"{unit.name} chưa có mã cơ quan.", f"{unit.name_en} has no agency code.")


def count_units(on: date, kind: str) -> int:
    """How many units of that kind stand on that day."""
    return _standing(on).filter(kind=kind).count()


def list_overlaps() -> list[tuple[str, str]]:
    """Pairs of keys that share kind, code and at least one day: none may exist, or a code would mean two units."""
    rows = models.Unit.objects.order_by("kind", "code", "valid_from")
    versions = list(rows.values_list("kind", "code", "key", "valid_from", "valid_to"))
    return [
        (before[2], after[2])
        for before, after in pairwise(versions)
        if before[:2] == after[:2] and (before[4] is None or before[4] > after[3])
    ]


def _standing(on: date) -> QuerySet[models.Unit]:
    """The units that stand on that day."""
    return models.Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


def _rows(units: QuerySet[models.Unit]) -> list[UnitRow]:
    return [UnitRow(**row | {"path": tuple(row["path"])}) for row in units.values(*_FIELDS)]


def _read_unit(key: str) -> UnitRow:
    rows = _rows(models.Unit.objects.filter(key=key))
    if not rows:
        raise _unknown(key)
    return rows[0]


def _unknown(key: str) -> NoSuchUnit:
    return NoSuchUnit(f"Không có đơn vị nào mang khóa {key}.", f"There is no unit with the key {key}.")


def _follow(key: str) -> list[Succession]:
    """Every step that leads on from a key, over any number of reforms."""
    steps: list[Succession] = []
    reached, waiting = {key}, {key}
    while waiting:
        found = models.Succession.objects.filter(from_key__in=waiting).order_by("from_key", "to_key")
        new = [Succession(*row) for row in found.values_list("from_key", "to_key", "partly")]
        steps += new
        waiting = {step.to_key for step in new} - reached
        reached |= waiting
    return steps

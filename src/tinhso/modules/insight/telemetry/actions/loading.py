"""Devices that a pack invents for the demonstration, and what they would have measured until now."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.db import transaction

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.adapters import archive, duck, store
from tinhso.modules.insight.telemetry.models import Device, Placement
from tinhso.modules.insight.telemetry.rules import simulating
from tinhso.modules.insight.telemetry.rules.events import Told, mask_plate
from tinhso.modules.insight.telemetry.rules.judging import Sample
from tinhso.modules.insight.telemetry.rules.kinds import Invented, Kind
from tinhso.modules.insight.telemetry.rules.names import hash_secret
from tinhso.platform.people.rules import VIETNAM

PAST: Final = timedelta(days=7)
STEP_SECONDS: Final = 600
CSV_HEAD: Final = "device,measure,happened_at,value,received_at"


@transaction.atomic
def load_invented(*, now: datetime) -> int:
    """Make the devices that packs invent, a week ago; safe to repeat. How many are new."""
    known = set(Device.objects.values_list("code", flat=True))
    fresh = [one for one in queries.get_definitions().invented.values() if one.code not in known]
    made = Device.objects.bulk_create([_device(one, now) for one in fresh])
    Placement.objects.bulk_create(_placement(device, one, now) for device, one in zip(made, fresh, strict=True))
    return len(fresh)


def _device(one: Invented, now: datetime) -> Device:
    key = hash_secret(queries.secret_of_invented(one.code), one.code.encode()[:12].ljust(12))
    return Device(code=one.code, kind=one.kind, name=one.name.vi, name_en=one.name.en, is_invented=True, key_hash=key, key_changed_at=now - PAST, added_by="system", added_at=now - PAST)  # fmt: skip


def _placement(device: Device, one: Invented, now: datetime) -> Placement:
    thresholds = {measure: [each.as_row() for each in found] for measure, found in one.thresholds.items()}
    return Placement(device=device, unit_key=one.unit_key, commune_key=one.commune_key, latitude=one.latitude, longitude=one.longitude, place=one.place, owner=one.owner, purpose=one.purpose, thresholds=thresholds, valid_from=now - PAST)  # fmt: skip


def load_past(*, now: datetime) -> int:
    """
    What the invented devices would have measured since the last value there is, a week at most; how many values.

    The values go straight into files, as a week of them would have; of the newest, of presence and events the tables know too.
    """
    ids = dict(Device.objects.filter(is_invented=True).values_list("code", "id"))
    last = queries.find_last_moment()
    since = max(now - PAST, last) if last else now - PAST
    invented = [one for one in queries.get_definitions().invented.values() if one.code in ids]
    samples = [each for one in invented for each in _past_of(one, ids[one.code], since, now)]
    if not samples:
        return 0
    with archive.writing():
        _write_files(samples, now)
        store.note_samples(samples)
        store.keep_events([each for one in invented for each in _past_events(one, ids[one.code], since, now)], now)
    return len(samples)


def _steps(since: datetime, now: datetime, seconds: int) -> Iterator[datetime]:
    first = int(since.timestamp()) // seconds + 1
    for place in range(first, int(now.timestamp()) // seconds + 1):
        yield datetime.fromtimestamp(place * seconds, tz=UTC)


def _past_of(one: Invented, number: int, since: datetime, now: datetime) -> Iterator[Sample]:
    kind = queries.get_kind(one.kind)
    for at in _steps(since, now, STEP_SECONDS):
        if not simulating.is_silent(one.code, one.fault, at):
            for measure in kind.measures.values():
                value = simulating.value_of(one.code, measure.code, at, measure.decimals)
                yield Sample(number, one.code, kind.code, measure.code, at, value)


def _past_events(one: Invented, number: int, since: datetime, now: datetime) -> Iterator[Told]:
    kind: Kind = queries.get_kind(one.kind)
    for at in _steps(since, now, STEP_SECONDS):
        found = simulating.event_of(one.code, tuple(kind.events), at, timedelta(seconds=STEP_SECONDS))
        if found:
            event = kind.events[found[0]]
            plate = mask_plate(simulating.plate_of(one.code, at)) if event.has_plate else ""
            yield Told(number, f"{at.timestamp():.0f}", event.code, event.severity, at, found[1], plate, "")


def _write_files(samples: Sequence[Sample], now: datetime) -> None:
    groups: dict[tuple[str, date], list[str]] = defaultdict(list)
    for each in sorted(samples, key=lambda one: (one.device, one.measure, one.at)):
        at = each.at.astimezone(VIETNAM).replace(tzinfo=None)
        groups[each.kind, at.date()].append(f"{each.device},{each.measure},{at},{each.value},{at}")
    fresh = []
    for (kind, day), lines in groups.items():
        csv, made = archive.scratch("past.csv"), archive.scratch("past.parquet")
        csv.write_text("\n".join([CSV_HEAD, *lines]))
        duck.write_part(csv, made)
        csv.unlink()
        fresh.append(archive.keep(made, kind, day, len(lines)))
    archive.publish(archive.load_manifest().changed(more=fresh, now=now))

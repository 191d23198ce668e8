"""The statements that keep what devices sent: one for values, whatever their order, one for events, one for counts."""
# ruff: noqa: S608 - put together of our own texts

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from django.db import connection

from tinhso.modules.insight.telemetry.rules.events import Told
from tinhso.modules.insight.telemetry.rules.judging import Sample

# The older of two values of one moment stays, the newest value by the device's clock wins, and a minute counts once: so the
# order in which messages come, and how often, changes nothing. Rows are taken in one order: two batches never wait in a ring.
SENT: Final = """
with sent as (
    select distinct on (device_id, measure, at) *
    from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::float8[])
        with ordinality as row (device_id, device, kind, measure, at, value, place)
    order by device_id, measure, at, place
), newest as (
    insert into telemetry_newest as kept (device_id, measure, at, value, received_at)
    select distinct on (device_id, measure) device_id, measure, at, value, coalesce(%s::timestamptz, at) from sent
    order by device_id, measure, at desc
    on conflict (device_id, measure) do update
    set at = excluded.at, value = excluded.value, received_at = excluded.received_at where excluded.at > kept.at
), presence as (
    insert into telemetry_presence as kept (device_id, hour_at, minutes)
    select device_id, date_trunc('hour', at, 'UTC'), bit_or(1::bigint << extract(minute from at at time zone 'UTC')::int)
    from sent group by 1, 2 order by 1, 2
    on conflict (device_id, hour_at) do update
    set minutes = kept.minutes | excluded.minutes where kept.minutes | excluded.minutes <> kept.minutes
)
"""
KEEP: Final = f"""{SENT}, waiting as (
    insert into telemetry_waiting (device, kind, measure, at, value, received_at)
    select device, kind, measure, at, value, %s from sent order by device, measure, at
    on conflict do nothing returning 1
)
select count(*) from waiting
"""
NOTE: Final = f"{SENT} select count(*) from sent"
TELL: Final = """
insert into telemetry_event (public_id, device_id, sent_id, type, severity, happened_at, received_at, confidence,
    plate_masked, text, review, reviewed_by, review_note)
select public_id, device_id, sent_id, type, severity, happened_at, %s, confidence, plate, text, 'waiting', '', ''
from unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::float8[], %s::text[], %s::text[])
    as row (public_id, device_id, sent_id, type, severity, happened_at, confidence, plate, text)
order by device_id, sent_id
on conflict do nothing
"""
COUNT: Final = """
insert into telemetry_count as kept ("on", device, reason, count, last_at, last_name)
select %s, device, reason, count, %s, name
from unnest(%s::text[], %s::text[], %s::bigint[], %s::text[]) as row (device, reason, count, name)
order by device, reason
on conflict ("on", device, reason) do update
set count = kept.count + excluded.count, last_at = excluded.last_at,
    last_name = coalesce(nullif(excluded.last_name, ''), kept.last_name)
"""
LISTEN: Final = "select pg_try_advisory_lock(hashtext('tinhso.telemetry.listener'))"


def keep_samples(samples: Sequence[Sample], now: datetime) -> int:
    """Keep values; how many of them were not waiting already."""
    if not samples:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [*_columns(samples), now, now])
        fresh: int = cursor.fetchone()[0]
    return fresh


def note_samples(samples: Sequence[Sample]) -> None:
    """Note the newest values and the presence that these tell of, as if each had come when it was measured; nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [*_columns(samples), None])


def _columns(samples: Sequence[Sample]) -> list[list[object]]:
    rows = ((each.device_id, each.device, each.kind, each.measure, each.at, each.value) for each in samples)
    return [list(column) for column in zip(*rows, strict=True)]


def keep_events(events: Sequence[Told], now: datetime) -> int:
    """Keep events; how many of them are new."""
    if not events:
        return 0
    rows = [(uuid4().hex, e.device_id, e.sent_id, e.type, e.severity, e.happened_at, e.confidence, e.plate, e.text) for e in events]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TELL, [now, *(list(column) for column in zip(*rows, strict=True))])
        return int(cursor.rowcount)


def add_counts(counts: Mapping[tuple[str, str], tuple[int, str]], on: date, now: datetime) -> None:
    """Add to the day's counts by device and reason; each with how many, and the last name it was about."""
    if not counts:
        return
    rows = [(device, reason, count, name) for (device, reason), (count, name) in counts.items()]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [on, now, *(list(column) for column in zip(*rows, strict=True))])


def may_listen() -> bool:
    """Whether this connection is the one that listens to the broker; it stays so until it is closed."""
    with connection.cursor() as cursor:
        cursor.execute(LISTEN)
        return bool(cursor.fetchone()[0])

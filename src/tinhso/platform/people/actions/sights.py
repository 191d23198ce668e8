"""Recording who looked at whose data: what was opened, one by one, and whose names were seen in lists, day by day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from tinhso.kernel.worktime.days import VIETNAM
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people import facts, models, rules
from tinhso.platform.people.rules import Actor

GLIMPSES_KEPT = timedelta(days=365)
MOST_REMEMBERED = 100_000
GLIMPSE = """
insert into people_glimpse (who_code, who_name, unit_key, subject_code, place, seen_on)
select %s, %s, seen.unit_key, seen.subject_code, %s, %s from unnest(%s::text[], %s::text[]) as seen(subject_code, unit_key)
on conflict do nothing
"""
_written: set[tuple[str, str, date, str]] = set()  # by this process: the same list is opened many times a day


@transaction.atomic
def record_sight(
    *, actor: Actor, subject_code: str, case_id: str = "", purpose: str, unit_key: str = "", now: datetime
) -> models.Sight | None:
    """
    Write down that the actor opens the subject's data, before it is shown; the subject sees it.

    Within ten minutes the same actor opening the same case of the same subject is one look. Looking at one's own data,
    or the system's jobs, leave no trace: None then, as when the look is already written.

    :param purpose: a code of `rules.PURPOSES` or the actor's own words; never empty for an officer
    :param unit_key: the unit of the case, when the actor has posts at more than one
    :raises NotAllowed: no purpose is given
    """
    if not rules.leaves_a_trace(actor=actor, subject_code=subject_code):
        return None
    if not purpose.strip():
        raise rules.NotAllowed("Hãy cho biết mở dữ liệu này để làm gì.")
    same = {"who_code": actor.code, "subject_code": subject_code, "case_id": case_id}
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", ["sight " + " ".join(same.values())])
    if models.Sight.objects.filter(**same, seen_at__gt=now - rules.SIGHT_PAUSE, seen_at__lte=now).exists():
        return None
    unit = rules.unit_of_sight(actor, unit_key)
    sight = models.Sight.objects.create(**same, who_name=actor.name, unit_key=unit, purpose=purpose[:200], seen_at=now)
    body = {"case": case_id, "sight": sight.pk}
    record_fact(kind=facts.SIGHT_RECORDED, subject=subject_code, unit_key=unit, body=body, actor=actor, now=now)
    return sight


def record_glimpses(*, actor: Actor, place: str, seen: Iterable[tuple[str, str]], now: datetime) -> int:
    """
    Write down that the actor sees names in a list, before it is shown; how many the process had not written today.

    A name a day, however often the list is opened: a list opened again costs no statement. These rows are not chained in
    the ledger; what is opened from the list is, see `record_sight`.

    :param place: a code of `rules.PLACES`
    :param seen: whose names, each with the unit of the case; codes that are empty, or the actor's own, are passed over
    """
    today = now.astimezone(VIETNAM).date()
    units = {code: unit for code, unit in seen if rules.leaves_a_trace(actor=actor, subject_code=code)}
    fresh = [code for code in units if (actor.code, place, today, code) not in _written]
    if not fresh:
        return 0
    keys = [rules.unit_of_sight(actor, units[code]) for code in fresh]
    with connection.cursor() as cursor:
        cursor.execute(GLIMPSE, [actor.code, actor.name, place, today, fresh, keys])
    transaction.on_commit(lambda: _remember({(actor.code, place, today, code) for code in fresh}))
    return len(fresh)


def _remember(written: set[tuple[str, str, date, str]]) -> None:
    if len(_written) > MOST_REMEMBERED:
        _written.clear()
    _written.update(written)


def forget_old_glimpses(*, now: datetime) -> int:
    """Forget whose names were seen in lists longer ago than a year; how many rows."""
    before = now.astimezone(VIETNAM).date() - GLIMPSES_KEPT
    return models.Glimpse.objects.filter(seen_on__lt=before).delete()[0]

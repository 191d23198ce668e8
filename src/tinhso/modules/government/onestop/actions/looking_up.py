"""Looking a dossier up without signing in, and counting the look-ups that find nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac

from tinhso.modules.government.onestop.models import Miss
from tinhso.modules.government.onestop.queries import tracking as queries
from tinhso.modules.government.onestop.rules.looking_up import (
    AT_A_CODE,
    CALLS,
    FROM_AN_ADDRESS,
    MINUTE,
    STRETCH,
    TooFast,
    TooOften,
)
from tinhso.platform.cases.queries import CaseView

SALT = "tinhso.onestop.look_up"
COUNT = """
insert into onestop_miss (key, count, started_at) values (%(key)s, 1, %(now)s)
on conflict (key) do update set
    count = case when onestop_miss.started_at <= %(old)s then 1 else onestop_miss.count + 1 end,
    started_at = case when onestop_miss.started_at <= %(old)s then %(now)s else onestop_miss.started_at end
returning count, started_at
"""


def count_call(*, address: str, now: datetime) -> None:
    """
    Count a call of the public API, whatever it finds; one statement.

    :param address: where it comes from; kept only as a keyed hash
    :raises TooFast: more than 120 within a minute
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": _key("call", address), "now": now, "old": now - MINUTE})
        count, started_at = cursor.fetchone()
    if count > CALLS:
        raise TooFast(started_at + MINUTE, now)


def look_up(
    *, tracking_id: str = "", code: str = "", last_signs: str = "", address: str, now: datetime
) -> CaseView | None:
    """
    The dossier with that tracking id, or with that code and last four signs; None when there is none, and that counts.

    :param address: where the question comes from; kept only as a keyed hash
    :raises TooOften: too many found nothing lately
    """
    if not tracking_id and not code:
        return None
    limits = {_key("address", address): FROM_AN_ADDRESS}
    if not tracking_id:
        limits[_key("code", "".join(code.split()).upper())] = AT_A_CODE
    rows = Miss.objects.filter(key__in=limits, started_at__gt=now - STRETCH).values_list("key", "count", "started_at")
    over = [started_at for key, count, started_at in rows if count >= limits[key]]
    if over:
        raise TooOften(max(over) + STRETCH, now)
    found = queries.find_by_tracking_id(tracking_id) if tracking_id else queries.find_by_code(code, last_signs)
    if found is None:
        _count_misses(list(limits), now)
    return found


def _key(kind: str, value: str) -> str:
    return salted_hmac(SALT, f"{kind}\n{value}", algorithm="sha256").hexdigest()


def _count_misses(keys: Sequence[str], now: datetime) -> None:
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute(COUNT, {"key": key, "now": now, "old": now - STRETCH})
    Miss.objects.filter(started_at__lt=now - 4 * STRETCH).delete()

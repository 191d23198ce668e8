"""Comparing what the portal believes with what is so, for every dossier changed in the last days; kept by day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count

from tinhso.modules.government.portal_link import facts
from tinhso.modules.government.portal_link.models import Comparison, Difference, Dossier, Message
from tinhso.modules.government.portal_link.ports import NationalPortal, Refused, Unreachable
from tinhso.modules.government.portal_link.queries.comparing import list_own_codes
from tinhso.modules.government.portal_link.rules.states import standing_of
from tinhso.modules.government.portal_link.rules.wire import Seen
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

CALLS_AT_ONCE: Final = 8
STANDINGS: Final = ("equal", "behind", "ahead", "unknown_there", "unknown_here")


def compare_with_portal(*, portal: NationalPortal, days: int, actor: Actor, now: datetime) -> Comparison:
    """
    Ask the portal for every dossier changed in the last `days`, keep the figures and each difference, tell the ledger.

    Where the portal offers a list, dossiers that it knows and we do not are found too. Nothing is repaired.

    :raises Unreachable: the portal did not answer the first question
    """
    today = now.astimezone(VIETNAM).date()
    since = today - timedelta(days=days)
    begins = datetime.combine(since, datetime.min.time(), VIETNAM)
    ours = {row.portal_code: row for row in Dossier.objects.filter(changed_at__gte=begins).exclude(states=[])}
    listed = _listed(portal, since, today)
    seen, unanswered = _look_up(portal, [code for code in ours if code not in listed])
    known = set(
        Dossier.objects.filter(portal_code__in=listed.keys() - ours.keys()).values_list("portal_code", flat=True)
    )
    strangers = [row for code, row in listed.items() if code not in ours and code not in known]
    rows = [
        _difference(row, listed.get(code) or seen.get(code)) for code, row in ours.items() if code not in unanswered
    ]
    rows += [_stranger(each) for each in strangers]
    comparison = Comparison(on=today, days=days, unanswered=len(unanswered), compared_at=now)
    comparison.unknown_codes = _unknown_codes(portal, today)
    return _keep(comparison, rows, actor, now)


def _unknown_codes(portal: NationalPortal, today: date) -> dict[str, list[str]]:
    """Codes of our procedures and agencies that the portal's lists do not have; nothing where it gives no list."""
    procedures, agencies = list_own_codes(today)
    try:
        known = {row.code for row in portal.list_procedures()}
        places = {row.code for row in portal.list_agencies()}
    except (Unreachable, Refused):
        return {}
    return {
        "procedures": sorted(procedures.keys() - known) if known else [],
        "agencies": sorted(agencies.keys() - places) if places else [],
    }


def _listed(portal: NationalPortal, since: date, until: date) -> dict[str, Seen]:
    try:
        return {row.portal_code: row for row in portal.list_dossiers(since, until) or ()}
    except Refused:
        return {}


def _look_up(portal: NationalPortal, codes: Sequence[str]) -> tuple[Mapping[str, Seen], set[str]]:
    """What the portal believes of each, and those about which it did not answer."""

    def ask(code: str) -> Seen | Exception | None:
        try:
            return portal.find_dossier(code)
        except (Unreachable, Refused) as trouble:
            return trouble

    with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
        answers = dict(zip(codes, pool.map(ask, codes), strict=True))
    found = {code: answer for code, answer in answers.items() if isinstance(answer, Seen)}
    return found, {code for code, answer in answers.items() if isinstance(answer, Exception)}


def _difference(row: Dossier, seen: Seen | None) -> Difference:
    theirs = int(seen.state) if seen and seen.state.isdecimal() else None
    standing = "unknown_there" if theirs is None else standing_of(row.states, theirs)
    return Difference(
        portal_code=row.portal_code, case_public_id=row.case_public_id, standing=standing, ours=row.states[-1], theirs=theirs
    )  # fmt: skip


def _stranger(seen: Seen) -> Difference:
    theirs = int(seen.state) if seen.state.isdecimal() else None
    return Difference(portal_code=seen.portal_code, standing="unknown_here", theirs=theirs)


@transaction.atomic
def _keep(comparison: Comparison, rows: list[Difference], actor: Actor, now: datetime) -> Comparison:
    counts = Counter(row.standing for row in rows)
    comparison.looked_at, comparison.figures = len(rows), {standing: counts[standing] for standing in STANDINGS}
    comparison.save()
    differing = [row for row in rows if row.standing != "equal"]
    on_their_way = _waiting([row.portal_code for row in differing])
    for row in differing:
        row.comparison, row.waiting = comparison, on_their_way.get(row.portal_code, 0)
    Difference.objects.bulk_create(differing, batch_size=1000)
    body = {"days": comparison.days, "looked_at": len(rows), "unanswered": comparison.unanswered, **comparison.figures}
    record_fact(
        kind=facts.COMPARISON_FINISHED,
        subject=f"portal-comparison:{comparison.on}",
        unit_key="",
        body=body,
        actor=actor,
        now=now,
    )
    return comparison


def _waiting(codes: Sequence[str]) -> dict[str, int]:
    rows = Message.objects.filter(dossier__portal_code__in=codes, state__in=[Message.WAITING, Message.STUCK])
    return dict(rows.values_list("dossier__portal_code").annotate(Count("id")))

"""Recording who looked at whose data."""

from datetime import datetime

from django.db import connection, transaction

from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people import facts, models, rules
from tinhso.platform.people.rules import Actor


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

"""The course of an alert as a timeline: what the ledger tells of its case, with words and names."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.alerts import facts, queries
from tinhso.modules.insight.alerts.pages.words import in_measure
from tinhso.modules.insight.alerts.queries import AlertRow
from tinhso.platform.cases.queries import get_remarks
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.queries import get_names
from tinhso.platform.wording import moment, said


def steps_of(row: AlertRow) -> list[dict[str, Any]]:
    """Everything that happened, in order, and last what is awaited now."""
    found = [fact for fact in list_facts(row.alert.public_id) if fact.kind != "cases.alert.filed"]
    notes = {note.pk: note for note in queries.list_notes(row.alert)}
    names = get_names({fact.actor_code for fact in found})
    words = _words_by_moment(row)
    steps = []
    for fact in found:
        note = notes.get(int(fact.body.get("note", 0))) if fact.kind == facts.NOTED else None
        said_then = note.text if note else words.get((fact.body.get("act", ""), fact.happened_at), "")
        who = names.get(fact.actor_code, "") or _("Hệ thống")
        steps.append({"state": "done", "title": f"{_title(row, fact)}{': ' + said_then if said_then else ''}", "text": f"{moment(fact.happened_at)} · {who}"})  # fmt: skip
    if row.case.closed_at is None:
        steps.append({"state": "now", "title": said(row.case.state.name), "text": ""})
    return steps


def _words_by_moment(row: AlertRow) -> Mapping[tuple[str, datetime], str]:
    return {
        (each.act, each.written_at): str(each.answers.get("note") or each.answers.get("reasons") or "")
        for each in get_remarks(row.case.case_id).values()
    }


def _title(row: AlertRow, fact: Fact) -> str:
    value = in_measure(row, Decimal(fact.body["value"])) if "value" in fact.body else ""
    own = {
        facts.RAISED: _("Phát cảnh báo: %(value)s"),
        facts.CLEARED: _("Nguyên nhân đã hết: %(value)s"),
        facts.RELAPSED: _("Tái diễn: %(value)s"),
        facts.NOTED: _("Ghi chú"),
    }
    if fact.kind in own:
        return own[fact.kind] % {"value": value} if "%" in own[fact.kind] else own[fact.kind]
    state = next((each for each in row.case.procedure.states if each.code == fact.body.get("state")), None)
    return said(state.name) if state else fact.kind

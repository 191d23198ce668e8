"""The only writers of forms: load them from packs; keep, discard, bring back, close drafts."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tinhso.kernel.packs import Form, Packs
from tinhso.platform.forms import rules
from tinhso.platform.forms.models import Draft, FormVersion
from tinhso.platform.forms.ports import Actor
from tinhso.platform.forms.queries import NoSuchDraft, forget_forms

NOTHING: Mapping[str, Any] = {}
UNDO = timedelta(days=30)
MOST_OPEN_DRAFTS = 50


class DraftConflict(Exception):
    """The draft was changed elsewhere since the page was drawn; `revision` is the one it has now."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(f"the draft is at revision {revision}")


class TooManyDrafts(Exception):
    """The actor has as many open drafts as there may be."""


@transaction.atomic
def load_forms(*, packs: Packs, now: datetime) -> int:
    """Bring the forms of packs up to date, and return how many are new or changed; safe to repeat."""
    held = {(row.code, row.version): row for row in FormVersion.objects.all()}
    changed = 0
    for (code, version), form in packs.forms.items():
        body = rules.table_of(form)
        sha256 = rules.fingerprint(body)
        row = held.get((code, version))
        if row is not None and row.sha256 == sha256:
            continue
        defaults = {"body": body, "sha256": sha256, "loaded_at": now}
        FormVersion.objects.update_or_create(code=code, version=version, defaults=defaults)
        changed += 1
    forget_forms()
    transaction.on_commit(forget_forms)
    return changed


@transaction.atomic
def start_draft(
    *,
    procedure_code: str,
    form: Form,
    answers: Mapping[str, Any] = NOTHING,
    idempotency_key: str = "",
    another: bool = False,
    actor: Actor,
    now: datetime,
) -> Draft:
    """
    Begin a filing, or go on with the one the actor has open for that procedure.

    :param another: begin a second one beside it; with an `idempotency_key` asking twice still gives one
    :raises TooManyDrafts: 50 are open
    """
    _one_at_a_time(actor)
    mine = Draft.objects.filter(owner_code=actor.code)
    if idempotency_key and (same := mine.filter(idempotency_key=idempotency_key).first()):
        return same
    open_ones = mine.filter(state=Draft.OPEN)
    if not another and (begun := open_ones.filter(procedure_code=procedure_code).order_by("-updated_at").first()):
        return begun
    if open_ones.count() >= MOST_OPEN_DRAFTS:
        raise TooManyDrafts(actor.code)
    return Draft.objects.create(
        public_id=secrets.token_hex(16),
        owner_code=actor.code,
        procedure_code=procedure_code,
        form_code=form.code,
        form_version=form.version,
        answers=dict(answers),
        idempotency_key=idempotency_key,
        started_at=now,
        updated_at=now,
    )


@transaction.atomic
def save_draft(
    *,
    public_id: str,
    answers: Mapping[str, Any] = NOTHING,
    papers: Mapping[str, Any] = NOTHING,
    page: str | None = None,
    revision: int | None = None,
    actor: Actor,
    now: datetime,
) -> Draft:
    """
    Keep what was typed: given answers and papers replace those of the same code, None removes, the others stay.

    :param revision: the one the page was drawn from; None writes whatever happened since
    :raises NoSuchDraft: the actor has no open draft of that id
    :raises DraftConflict: it has another revision by now; nothing is kept
    """
    draft = _lock(public_id, actor, Draft.OPEN)
    if revision is not None and revision != draft.revision:
        raise DraftConflict(draft.revision)
    draft.answers = _merged(draft.answers, answers)
    draft.papers = _merged(draft.papers, papers)
    draft.page = draft.page if page is None else page
    draft.revision += 1
    draft.updated_at = now
    draft.save(update_fields=["answers", "papers", "page", "revision", "updated_at"])
    return draft


def hold_draft(*, public_id: str, actor: Actor, now: datetime) -> Draft:  # noqa: ARG001 - actions take `now`
    """
    The draft as it is now, which nobody else can change until the caller's transaction ends: to add to what is there.

    :raises NoSuchDraft: the actor has no open draft of that id
    """
    return _lock(public_id, actor, Draft.OPEN)


@transaction.atomic
def discard_draft(*, public_id: str, actor: Actor, now: datetime) -> None:
    """
    Put an open draft away; `restore_draft` brings it back within 30 days, after that it is forgotten.

    :raises NoSuchDraft: the actor has no open draft of that id
    """
    _settle(_lock(public_id, actor, Draft.OPEN), Draft.DISCARDED, now)


@transaction.atomic
def restore_draft(*, public_id: str, actor: Actor, now: datetime) -> Draft:
    """
    Bring a discarded draft back.

    :raises NoSuchDraft: the actor discarded no such draft, or more than 30 days ago
    """
    draft = _lock(public_id, actor, Draft.DISCARDED)
    if draft.updated_at < now - UNDO:
        raise NoSuchDraft(public_id)
    return _settle(draft, Draft.OPEN, now)


@transaction.atomic
def close_draft(*, public_id: str, actor: Actor, now: datetime) -> None:
    """
    Mark a draft as sent, in the transaction that opens the case; twice is once.

    :raises NoSuchDraft: the actor has no such draft
    """
    draft = Draft.objects.select_for_update().filter(public_id=public_id, owner_code=actor.code).first()
    if draft is None:
        raise NoSuchDraft(public_id)
    if draft.state != Draft.FILED:
        _settle(draft, Draft.FILED, now)


def forget_old_drafts(*, now: datetime, older_than: timedelta = UNDO) -> int:
    """Delete drafts that were sent or discarded that long ago; how many there were."""
    settled = Draft.objects.filter(state__in=[Draft.FILED, Draft.DISCARDED], updated_at__lt=now - older_than)
    return settled.delete()[0]


def _merged(held: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in {**held, **given}.items() if value is not None}


def _settle(draft: Draft, state: str, now: datetime) -> Draft:
    draft.state, draft.updated_at = state, now
    draft.revision += 1
    draft.save(update_fields=["state", "updated_at", "revision"])
    return draft


def _lock(public_id: str, actor: Actor, state: str) -> Draft:
    held = Draft.objects.select_for_update().filter(public_id=public_id, owner_code=actor.code, state=state)
    draft = held.first()
    if draft is None:
        raise NoSuchDraft(public_id)
    return draft


def _one_at_a_time(actor: Actor) -> None:
    """Let one start of this actor wait for another, so that two open windows begin one draft."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"drafts of {actor.code}"])

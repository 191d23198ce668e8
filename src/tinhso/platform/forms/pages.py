"""Drafts that save themselves while somebody types; putting one away and bringing it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.platform.clock import now
from tinhso.platform.forms import actions, queries, rules
from tinhso.platform.forms.ports import Actor


@require_POST
def autosave(request: HttpRequest, public_id: str) -> HttpResponse:
    """
    Keep what was typed so far, right or wrong; answers {version, saved_at}, or 409 when it was changed elsewhere.

    The page's form names this address in `data-draft-url`, with `?page=` for the page it shows.
    """
    actor = _actor(request)
    if actor is None:
        return JsonResponse({"detail": _("Phiên đăng nhập đã hết.")}, status=401)
    moment = now()
    try:
        draft = queries.get_draft(public_id, actor=actor)
        form = queries.get_form(draft.form_code, draft.form_version)
        page = request.GET.get("page") or None
        answers = rules.answers_from_post(form, request.POST, page)
        saved = actions.save_draft(
            public_id=public_id, answers=answers, page=page, revision=_revision(request), actor=actor, now=moment
        )
    except (queries.NoSuchDraft, queries.NoSuchForm, KeyError):
        return JsonResponse({"detail": _("Không có bản nháp này.")}, status=404)
    except actions.DraftConflict as conflict:
        return JsonResponse({"detail": _("Bản nháp đã đổi ở nơi khác."), "version": conflict.revision}, status=409)
    return JsonResponse({"version": saved.revision, "saved_at": f"{localtime(moment):%H:%M}"})


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a draft away; the message on the next page says that it can be brought back."""
    try:
        actions.discard_draft(public_id=public_id, actor=_actor_or_404(request), now=now())
    except queries.NoSuchDraft:
        raise Http404 from None
    messages.success(request, _("Đã bỏ bản nháp. Bạn có thể lấy lại trong 30 ngày."))
    return HttpResponseRedirect(_next(request))


@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bring a discarded draft back."""
    try:
        actions.restore_draft(public_id=public_id, actor=_actor_or_404(request), now=now())
    except queries.NoSuchDraft:
        raise Http404 from None
    messages.success(request, _("Đã lấy lại bản nháp."))
    return HttpResponseRedirect(_next(request))


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def _actor_or_404(request: HttpRequest) -> Actor:
    actor = _actor(request)
    if actor is None:
        raise Http404
    return actor


def _revision(request: HttpRequest) -> int | None:
    told = request.headers.get("X-Draft-Version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None


def _next(request: HttpRequest) -> str:
    """Where to go on, when the page named a place of this site."""
    place = request.POST.get("next", "")
    return place if url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}) else "/"


urlpatterns = [
    path("<slug:public_id>/", autosave, name="autosave"),
    path("<slug:public_id>/discard/", discard, name="discard"),
    path("<slug:public_id>/restore/", restore, name="restore"),
]

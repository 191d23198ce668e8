"""What every response carries."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from tinhso.platform.clock import now
from tinhso.platform.people import queries
from tinhso.platform.people.adapters.sessions import account_of
from tinhso.platform.people.adapters.vneid import provider_origin
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import Actor

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)

FIRST: Final = (
    ("second_factor_first", "Hãy bật xác thực hai lớp trước.", "Turn on two-step sign-in first."),
    ("password_first", "Hãy đổi mật khẩu trước.", "Change the one-time password first."),
)


class ContentSecurityPolicy:
    """Forbid inline style and script, foreign sources, framing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # browsers apply form-action to redirects too, and signing in leads from a form to the identity provider
        self.policy = POLICY.replace("form-action 'self'", f"form-action 'self' {provider_origin()}".strip())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the policy in the header."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class CurrentActor:
    """
    Puts `request.actor`: the actor behind the session with the posts valid now, None for anybody not signed in.

    An officer whose password is a one-time one is nobody until it is replaced, and outside demo until there is a second
    factor; each is led there. Outside demo a demonstration account is nobody at all.
    """

    OPEN = ("/account/", "/language/", "/sign-in/", "/healthz", "/static/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks."""
        account = account_of(request)
        actor = _actor_behind(account, request) if account else None
        if account and account.is_demonstration and not settings.DEMO:
            actor = None
        if account and actor and actor.kind == "officer":
            step = queries.missing_step(account, wants_second_factor=not settings.DEMO)
            if step:
                actor, response = None, self._ask_for(step, request)
                if response:
                    return response
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def _ask_for(self, step: str, request: HttpRequest) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            code, vi, en = FIRST[step == "password"]
            return JsonResponse({"code": code, "vi": vi, "en": en, "problems": []}, status=403)
        page = "account_change_password" if step == "password" else "mfa_index"
        return None if request.path.startswith(self.OPEN) else HttpResponseRedirect(reverse(page))


def _actor_behind(account: Account, request: HttpRequest) -> Actor | None:
    """Who it is at this moment: the citizen read together with the session, or as asked for."""
    session = request.session
    if account is getattr(session, "account", None) and (citizen := session.citizen):  # type: ignore[attr-defined]
        found: Actor = citizen
        return found
    return queries.actor_of(account, now())

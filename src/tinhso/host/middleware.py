"""What every response carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.host.clock import now
from tinhso.platform.people import queries
from tinhso.platform.people.adapters.vneid import provider_origin
from tinhso.platform.people.models import Account

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
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

    Outside demo an officer without a second factor is nobody yet, and is led to setting one up; a demonstration
    account is nobody at all.
    """

    OPEN = ("/account/", "/language/", "/sign-in/", "/healthz", "/static/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks."""
        account = request.user if isinstance(request.user, Account) else None
        actor = queries.actor_of(account, now()) if account else None
        if account and actor and not settings.DEMO:
            if account.is_demonstration:
                actor = None
            elif actor.kind == "officer" and not queries.has_second_factor(account):
                actor, response = None, self._ask_for_second_factor(request)
                if response:
                    return response
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def _ask_for_second_factor(self, request: HttpRequest) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": _("Hãy bật xác thực hai lớp trước.")}, status=403)
        return None if request.path.startswith(self.OPEN) else HttpResponseRedirect(reverse("mfa_index"))

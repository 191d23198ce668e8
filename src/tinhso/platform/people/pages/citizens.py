"""Citizens' door: OpenID Connect with VNeID through allauth, with nonce and signature checked and no sign-up form."""

import logging
import secrets
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from tinhso.platform.clock import now
from tinhso.platform.people import actions
from tinhso.platform.people.adapters import vneid
from tinhso.platform.people.rules import SYSTEM

log = logging.getLogger(__name__)
NOT_UNDERSTOOD = (OSError, ValueError, KeyError, TypeError)  # what a provider that is down or talks nonsense causes


class VneidOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """Checks the signature of the id token even when it came straight from the provider."""

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        """The tokens, not taken on trust."""
        found = super().get_access_token_data(*args, **kwargs)
        self.did_fetch_access_token = False
        return found


class VneidProvider(OpenIDConnectProvider):
    """Sends a nonce with each request and keeps the claims for the sign-in only; none of them is stored by allauth."""

    oauth2_adapter_class = VneidOAuth2Adapter
    pkce_enabled_default = True

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> Any:
        """Off to the provider, with the nonce among the state that waits for the answer."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or self.get_auth_params()), "nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def get_default_scope(self) -> list[str]:
        """What is asked for."""
        return ["openid", "profile"]

    def extract_extra_data(self, data: Any) -> dict[str, Any]:  # noqa: ARG002
        """Nothing is kept beside the person's row."""
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """The sign-in under way, with what the provider said."""
        found = super().sociallogin_from_response(request, response)
        found.claims = response
        return found


class CitizenDoor(DefaultSocialAccountAdapter):
    """Maps what VNeID says to a person and an account, and lets nobody else in."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """VNeID, or nothing where it is not set up."""
        app = _app_for(request)
        known = app is not None and provider in (None, vneid.PROVIDER_ID, "openid_connect")
        return [app] if app and known and client_id in (None, app.client_id) else []

    def get_provider(self, request: Any, provider: Any, client_id: Any = None) -> VneidProvider:
        """Our own provider class for every name it goes by."""
        return VneidProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def get_requests_session(self) -> Any:
        """A session that goes around the machine's proxy when the provider is on this machine."""
        session = super().get_requests_session()
        session.trust_env = not vneid.is_simulated()
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never by a form: `pre_social_login` has connected the account before this is asked."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """
        Check that the answer is to our question, then find or make person and account.

        :raises PermissionDenied: nonce or subject are not what they must be, or the claims cannot be read
        """
        told, token = sociallogin.claims["userinfo"], sociallogin.claims.get("id_token", {})
        if not secrets.compare_digest(str(token.get("nonce", "")), str(sociallogin.state.get("nonce", "-"))):
            raise PermissionDenied("nonce")
        if not token.get("sub") or token["sub"] != told.get("sub"):
            raise PermissionDenied("subject")
        try:
            identity = vneid.read_claims(told)
        except NOT_UNDERSTOOD as trouble:
            raise PermissionDenied("claims") from trouble
        known = sociallogin.user if sociallogin.is_existing else None
        with transaction.atomic():
            account = actions.identify_person(identity=identity, account=known, actor=SYSTEM, now=now())
            if not known:
                self._connect(request, sociallogin, account)

    def _connect(self, request: HttpRequest, sociallogin: SocialLogin, account: Any) -> None:
        """Tie the provider's subject to the account; a parallel first sign-in may have done it already."""
        found = SocialAccount.objects.filter(provider=sociallogin.account.provider, uid=sociallogin.account.uid).first()
        if found is None:
            sociallogin.connect(request, account)
        else:
            sociallogin.account, sociallogin.user = found, found.user

    def on_authentication_error(self, *args: Any, error: Any = None, exception: Any = None, **kwargs: Any) -> None:  # noqa: ARG002
        """Leave a line in the log, without anything personal."""
        log.warning("VNeID sign-in failed: %s %s", error, type(exception).__name__ if exception else "")


def _app_for(request: HttpRequest | None) -> SocialApp | None:
    host, port, scheme = ("localhost", "80", "http")
    if request is not None:
        host, port, scheme = request.get_host(), str(request.META.get("SERVER_PORT", "80")), request.scheme or "http"
    provider = vneid.provider_for(scheme=scheme, host=host, port=port)
    if provider is None:
        return None
    overrides = {"authorization_endpoint": provider.authorize_url} if provider.authorize_url else {}
    return SocialApp(
        provider="openid_connect",
        provider_id=vneid.PROVIDER_ID,
        name="VNeID",
        client_id=provider.client_id,
        secret=provider.secret,
        settings={"server_url": provider.server_url, "openid_configuration_overrides": overrides},
    )


@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the citizen to VNeID; a page that says so where it does not answer."""
    return _through(OAuth2LoginView, request, provider_id)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where VNeID sends the citizen back to."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    door = VneidOAuth2Adapter(request, provider_id)
    try:
        provider = door.get_provider()
    except SocialApp.DoesNotExist as trouble:
        raise Http404 from trouble
    try:
        return view.adapter_view(door)(request)
    except NOT_UNDERSTOOD as trouble:
        return render_authentication_error(request, provider, exception=trouble)

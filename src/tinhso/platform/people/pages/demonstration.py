"""Signing in with one click as somebody of the demonstration. Mounted in demo only, and refuses outside it all the same."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tinhso.platform.people import queries
from tinhso.platform.people.pages.own import next_of


@require_POST
def sign_in_as(request: HttpRequest, code: str) -> HttpResponse:
    """Sign the visitor in as the demonstration person with that public code; 404 for anybody real."""
    account = queries.find_demonstration_account(code) if settings.DEMO else None
    if account is None:
        raise Http404
    account.backend = "django.contrib.auth.backends.ModelBackend"
    return perform_login(request, account, email_verification="none", redirect_url=next_of(request) or None)

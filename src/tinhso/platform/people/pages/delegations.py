"""Lending one's own posts to colleagues for a time, seeing what is lent to oneself, taking it back."""

from django.http import HttpRequest, HttpResponse


def delegations(request: HttpRequest) -> HttpResponse:
    """Stub."""
    return HttpResponse()

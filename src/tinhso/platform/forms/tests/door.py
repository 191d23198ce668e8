"""A door that believes a header: lets tests ask as somebody without the sign-in of another app."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Person:
    code: str
    name: str = ""
    kind: str = "citizen"
    posts: tuple = ()


class BelievesHeader:
    """Puts `request.actor` as the header X-Test-Actor says, None without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.headers.get("X-Test-Actor")
        request.actor = Person(code) if code else None
        return self.get_response(request)

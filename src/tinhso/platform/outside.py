"""Calls to systems outside that speak JSON over HTTP: what their answers mean, in the two ways a call can fail."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

SECONDS: Final = 10
BUSY: Final = frozenset({408, 425, 429})


class Refused(Exception):
    """The other side will never do this; trying again is of no use. Carries its reason."""


class Unreachable(Exception):
    """The other side did not answer, or not in time; it may have done what was asked or not. To be tried again."""


def checked_address(address: str) -> str:
    """That address. :raises ValueError: it is none of http or https"""
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"{address} is no address of http or https")
    return address


def call(
    address: str,
    content: Mapping[str, Any] | None,
    headers: Mapping[str, str],
    *,
    kept: frozenset[int] = frozenset(),
    seconds: float = SECONDS,
) -> bytes:
    """
    The body of the answer to a POST of `content` as JSON, or to a GET when there is none.

    :param address: one that `checked_address` let through
    :param kept: statuses of 4xx whose body is an answer, say 409 for what is known already
    :raises Refused: another 4xx, with the `reason` of its body if it has one
    :raises Unreachable: no answer in time, a 5xx, or a word to try later
    """
    body = as_body(content) if content is not None else None
    request = Request(address, body, {"Content-Type": "application/json", **headers})  # noqa: S310 - checked before
    try:
        with urlopen(request, timeout=seconds) as answer:  # noqa: S310
            found: bytes = answer.read()
            return found
    except HTTPError as problem:
        with problem:
            return _read_problem(problem, kept)
    except (URLError, OSError) as problem:
        raise Unreachable(str(problem)) from problem


def as_body(content: Mapping[str, Any]) -> bytes:
    """The bytes in which `call` sends that content, for who has to sign them."""
    return json.dumps(content).encode()


def read_object(answer: bytes) -> dict[str, Any]:
    """The JSON object of an answer. :raises Unreachable: it is none, so nobody knows what became of the call"""
    try:
        found = json.loads(answer)
    except ValueError as problem:
        raise Unreachable("the answer is no JSON") from problem
    if not isinstance(found, dict):
        raise Unreachable("the answer is no JSON object")
    return found


def _read_problem(problem: HTTPError, kept: frozenset[int]) -> bytes:
    body: bytes = problem.read()
    if problem.code in kept:
        return body
    if problem.code >= 500 or problem.code in BUSY:
        raise Unreachable(f"HTTP {problem.code}") from problem
    try:
        reason = str(json.loads(body)["reason"])[:200]
    except (ValueError, KeyError, TypeError):
        reason = f"HTTP {problem.code}"
    raise Refused(reason) from problem

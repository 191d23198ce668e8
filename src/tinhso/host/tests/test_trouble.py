"""What is told when a request fails: to people with a page, to machines in JSON, to the keeper in the log."""

import json
import logging

import pytest
from django.db import DataError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from tinhso.host.trouble import OneLine, answer

AWAY = OperationalError("connection is bad: connection refused\nIs the server running?")


def answer_after(failure: Exception, path: str) -> HttpResponse:
    try:
        raise failure
    except type(failure):
        return answer(RequestFactory().get(path))


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (AWAY, 503, "try_again"),
        (DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"), 400, "broken_text"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), 400, "broken_text"),
        (DataError("integer out of range"), 500, "our_fault"),
        (KeyError("x"), 500, "our_fault"),
    ],
)
def test_machines_are_told_in_words_what_became_of_a_request(failure: Exception, status: int, code: str) -> None:
    told = answer_after(failure, "/api/v1/anything")

    assert (told.status_code, json.loads(told.content)["code"]) == (status, code)


def test_while_the_database_is_away_people_are_asked_to_send_again(plain_static: None) -> None:
    told = answer_after(AWAY, "/filing/x/check/")

    assert told.status_code == 503
    assert told["Retry-After"] == "5"
    assert "gửi hai lần cũng chỉ thành một hồ sơ" in told.content.decode()


def test_the_log_says_in_one_line_that_the_database_is_away(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(OneLine())
    for failure in (AWAY, KeyError("x")):
        try:
            raise failure
        except type(failure):
            logging.getLogger("django.request").exception("Service Unavailable: %s", "/work/")

    away, ours = (record for record in caplog.records)
    assert away.getMessage() == "Service Unavailable: /work/: connection is bad: connection refused"
    assert away.exc_info is None
    assert ours.exc_info

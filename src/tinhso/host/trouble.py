"""What is told when a request fails: its text can be kept by no database, the database is away, or the fault is ours."""

import logging
import sys
from typing import Final

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

RETRY_AFTER_SECONDS: Final = 5
AWAY: Final = (OperationalError, InterfaceError)
SIGNS_OF_BROKEN_TEXT: Final = ("NUL (0x00)", "\\u0000", "surrogate")  # as psycopg, PostgreSQL and Python name it
PAGES: Final = {400: "400.html", 500: "500.html", 503: "503.html"}
TOLD: Final = {
    400: ("broken_text", "Nội dung gửi lên có ký tự hỏng.", "The request holds broken characters."),
    500: ("our_fault", "Hệ thống có lỗi, chúng tôi đã ghi lại.", "Something is wrong on our side; it was noted."),
    503: ("try_again", "Hệ thống đang tạm ngắt, hãy gửi lại sau ít giây.", "Away for a moment; send it again shortly."),
}


def answer(request: HttpRequest) -> HttpResponse:
    """Tell people with a page and machines in JSON what became of the request whose failure is being handled."""
    status = _status_of(sys.exc_info()[1])
    if request.path.startswith("/api/"):
        code, vi, en = TOLD[status]
        response: HttpResponse = JsonResponse({"code": code, "vi": vi, "en": en}, status=status)
    else:
        response = HttpResponse(loader.get_template(PAGES[status]).render(), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _status_of(failure: BaseException | None) -> int:
    if isinstance(failure, AWAY):
        return 503
    is_about_text = any(sign in str(failure) for sign in SIGNS_OF_BROKEN_TEXT)
    return 400 if isinstance(failure, DataError | UnicodeError) and is_about_text else 500


class OneLine(logging.Filter):
    """Lets the log say in one line that the database is away, instead of a trace for each request meanwhile."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record where that is its reason; every record passes."""
        failure = record.exc_info[1] if record.exc_info else None
        if isinstance(failure, AWAY):
            record.msg, record.args = f"{record.getMessage()}: {str(failure).partition(chr(10))[0]}", ()
            record.exc_info = record.exc_text = None
        return True

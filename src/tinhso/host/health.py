"""Whether the system is well, for machines."""

from django.db import connection
from django.http import HttpRequest, JsonResponse


def healthz(_request: HttpRequest) -> JsonResponse:
    """200 with `{"status": "ok"}` when the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Exception as trouble:  # noqa: BLE001 - whatever is wrong, the answer is the same
        connection.close()
        return JsonResponse({"status": "database unreachable", "trouble": type(trouble).__name__}, status=503)
    return JsonResponse({"status": "ok"})

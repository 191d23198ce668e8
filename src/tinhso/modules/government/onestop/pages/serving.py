"""Sending a kept file to somebody who may have it: never run by the browser, never kept by a cache on the way."""

from django.http import FileResponse, Http404

from tinhso.platform.files.queries import open_file

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
VIEWS = {"application/pdf": "pdf", "image/jpeg": "image", "image/png": "image"}  # what a page shows without leaving it
FRAMED_BY = "SAMEORIGIN"


def serve(sha256: str, *, name: str, media_type: str, download: bool = False) -> FileResponse:
    """
    The content as an answer; PDF and pictures may be shown in place, all else is downloaded.

    :raises Http404: the content is not kept
    """
    try:
        content = open_file(sha256)
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    in_place = media_type in VIEWS and not download
    answer = FileResponse(content, as_attachment=not in_place, filename=name, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = POLICY
    answer["X-Frame-Options"] = FRAMED_BY
    return answer

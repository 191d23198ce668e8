"""Files of dossiers for the portal: whoever holds the signed address may fetch the file, for a week."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tinhso.modules.government.portal_link.queries.telling import read_address
from tinhso.platform.files.queries import find_file, open_file


@never_cache
@require_GET
def send_file(request: HttpRequest, token: str) -> HttpResponseBase:  # noqa: ARG001
    """The file, as an attachment; 404 for an address that is not ours or too old."""
    known = read_address(token)
    row = find_file(known[0]) if known else None
    if known is None or row is None:
        raise Http404
    response: HttpResponse | FileResponse = FileResponse(
        open_file(known[0]), content_type=row.media_type, as_attachment=True, filename=known[1]
    )
    return response

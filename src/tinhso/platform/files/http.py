"""The API of files: limits, and uploads that go on where a lost network stopped them."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema, Status
from ninja.security import APIKeyCookie

from tinhso.platform.clock import now
from tinhso.platform.files import actions, queries, rules
from tinhso.platform.files.models import StoredFile
from tinhso.platform.files.ports import Actor
from tinhso.platform.files.rules.limits import LARGEST_CHUNK_BYTES


class SignedIn(APIKeyCookie):
    """Whoever is signed in; a page's script sends the CSRF token along."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        """The actor whom the host put on the request, None for strangers."""
        return getattr(request, "actor", None)


router = Router(tags=["files"])
signed_in = SignedIn()
UploadId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Mã lần gửi tệp · Id of the upload")]


class UploadStart(Schema):
    """A file somebody wants to send."""

    name: Annotated[str, Field(max_length=500)]
    size: Annotated[int, Field(ge=0, le=2**40)]
    sha256: Annotated[str, Field(pattern=r"^([0-9a-fA-F]{64})?$")] = ""


class UploadState(Schema):
    """How far an upload has come; pieces of `chunk_size` bytes do well."""

    upload: str
    name: str
    size: int
    received: int
    state: str
    sha256: str
    chunk_size: int = rules.CHUNK_BYTES


class StoredFileOut(Schema):
    """A file that is kept."""

    sha256: str
    size: int
    media_type: str
    width: int | None
    height: int | None
    pages: int | None


class UploadRefusalOut(Schema):
    """Why not, for machines and in words."""

    code: str
    vi: str
    en: str
    expected_offset: int | None = None


class LimitsOut(Schema):
    """What may be sent."""

    max_bytes: int
    max_files: int
    media_types: list[str]
    vi: str
    en: str


@router.get("/limits/", response=LimitsOut, summary="Giới hạn tệp · What may be sent")
def show_limits(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Kinds, sizes and numbers, to be told before somebody chooses a file."""
    limits = rules.DEFAULT_LIMITS
    vi, en = limits.told()
    kinds = sorted(limits.media_types)
    return {"max_bytes": limits.max_bytes, "max_files": limits.max_files, "media_types": kinds, "vi": vi, "en": en}


@router.post(
    "/uploads/",
    auth=signed_in,
    response={201: UploadState, 422: UploadRefusalOut},
    summary="Bắt đầu gửi tệp · Start an upload",
)
def start_upload(request: HttpRequest, response: HttpResponse, told: UploadStart) -> Any:
    """Say name and size first; then send pieces to the address in `Location`."""
    actor = _actor(request)
    try:
        upload = actions.start_upload(name=told.name, size=told.size, sha256=told.sha256, actor=actor, now=now())
    except rules.Refusal as refusal:
        return Status(422, _told(refusal))
    response["Location"] = f"{request.path}{upload}/"
    response["Upload-Offset"] = "0"
    return Status(201, _state(queries.find_upload(upload, actor=actor)))


@router.api_operation(
    ["GET", "HEAD"],
    "/uploads/{upload}/",
    auth=signed_in,
    response={200: UploadState, 404: UploadRefusalOut},
    summary="Đã nhận đến đâu · How far it has come",
)
def show_upload(request: HttpRequest, response: HttpResponse, upload: UploadId) -> Any:
    """How many bytes have arrived, also in the headers `Upload-Offset` and `Upload-Length`."""
    row = queries.find_upload(upload, actor=_actor(request))
    if row is None:
        return Status(404, _unknown())
    response["Upload-Offset"], response["Upload-Length"] = str(row.received), str(row.size)
    response["Cache-Control"] = "no-store"
    return Status(200, _state(row))


@router.patch(
    "/uploads/{upload}/",
    auth=signed_in,
    response={
        204: None,
        400: UploadRefusalOut,
        404: UploadRefusalOut,
        409: UploadRefusalOut,
        413: UploadRefusalOut,
        422: UploadRefusalOut,
    },
    summary="Gửi phần tiếp theo · Send the next piece",
    openapi_extra={
        "parameters": [
            {"name": "Upload-Offset", "in": "header", "required": True, "schema": {"type": "integer", "minimum": 0}}
        ],
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        },
    },
)
def append_chunk(request: HttpRequest, response: HttpResponse, upload: UploadId) -> Any:
    """The body is the piece; `Upload-Offset` says where it begins. At a wrong offset, 409 says the right one."""
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 19):
        return Status(400, _words("no_offset", "Thiếu tiêu đề Upload-Offset.", "The header Upload-Offset is missing."))
    if int(request.headers.get("Content-Length") or 0) > LARGEST_CHUNK_BYTES:
        return Status(
            413, _words("chunk_too_large", "Phần gửi quá lớn, tối đa 8 MB.", "The piece is too large, 8 MB at most.")
        )
    try:
        received = actions.append_chunk(
            upload=upload,
            offset=int(offset),
            chunk=request.body,
            actor=_actor(request),
            now=now(),
        )
    except actions.NoSuchUpload:
        return Status(404, _unknown())
    except rules.WrongOffset as wrong:
        response["Upload-Offset"] = str(wrong.expected)
        return Status(409, {**_words("wrong_offset", wrong.vi, wrong.en), "expected_offset": wrong.expected})
    except rules.Refusal as refusal:
        return Status(422, _told(refusal))
    response["Upload-Offset"] = str(received)
    return Status(204, None)


@router.post(
    "/uploads/{upload}/finish/",
    auth=signed_in,
    response={200: StoredFileOut, 404: UploadRefusalOut, 422: UploadRefusalOut},
    summary="Gửi xong · Finish an upload",
)
def finish_upload(request: HttpRequest, upload: UploadId) -> Any:
    """The file is opened, checked and kept, or refused in words (422). Asking twice is safe."""
    try:
        file = actions.finish_upload(upload=upload, actor=_actor(request), now=now())
    except actions.NoSuchUpload:
        return Status(404, _unknown())
    except rules.Refusal as refusal:
        return Status(422, _told(refusal))
    return Status(200, _shown(file))


@router.delete(
    "/uploads/{upload}/",
    auth=signed_in,
    response={204: None, 404: UploadRefusalOut},
    summary="Bỏ lần gửi · Discard an upload",
)
def discard_upload(request: HttpRequest, upload: UploadId) -> Any:
    """Forget what has arrived; a file that was already kept stays."""
    try:
        actions.discard_upload(upload=upload, actor=_actor(request), now=now())
    except actions.NoSuchUpload:
        return Status(404, _unknown())
    return Status(204, None)


def _actor(request: HttpRequest) -> Actor:
    """Whom `signed_in` let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _state(row: queries.UploadRow | None) -> dict[str, Any]:
    if row is None:
        raise LookupError("an upload vanished while it was being started")
    return {
        "upload": row.public_id, "name": row.name, "size": row.size, "received": row.received, "state": row.state,
        "sha256": row.stored_sha256,
    }  # fmt: skip


def _shown(file: StoredFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in ("sha256", "size", "media_type", "width", "height", "pages")}


def _told(refusal: rules.Refusal) -> dict[str, Any]:
    return _words(refusal.code, refusal.vi, refusal.en)


def _words(code: str, vi: str, en: str) -> dict[str, Any]:
    return {"code": code, "vi": vi, "en": en}


def _unknown() -> dict[str, Any]:
    return _words("unknown_upload", "Không có lần gửi tệp này.", "There is no such upload of yours.")

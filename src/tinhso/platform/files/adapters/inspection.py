"""Opens what somebody handed in, refuses what must not be kept, and returns what will be."""

from dataclasses import dataclass

from tinhso.platform.files import rules
from tinhso.platform.files.adapters.images import upright_image
from tinhso.platform.files.adapters.office import media_type_of_zip
from tinhso.platform.files.adapters.pdf import count_safe_pages
from tinhso.platform.files.rules.kinds import ARCHIVE, HEAD_BYTES, HEIC, OLD_OFFICE, ZIP
from tinhso.platform.files.rules.limits import in_megabytes


@dataclass(frozen=True, slots=True)
class Inspected:
    """A content fit to be kept; for pictures it is not the one handed in, but upright and without metadata."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def inspect(content: bytes, *, name: str, limits: rules.Limits = rules.DEFAULT_LIMITS) -> Inspected:
    """
    Find out what the content is by its bytes, and make it fit to be kept.

    :raises Refusal: empty, too large, of a kind not taken, locked, broken, dangerous
    """
    _check_size(len(content), name, limits)
    head = content[:HEAD_BYTES]
    kind = rules.kind_of(head)
    if rules.is_dangerous(head):
        raise rules.refuse("dangerous", name=name)
    if kind == ZIP:
        kind = media_type_of_zip(content, name)
    if kind not in limits.media_types:
        raise _wrong_type(kind, head, name, limits)
    if kind == rules.PDF:
        return Inspected(content, kind, pages=count_safe_pages(content, name, limits))
    if kind in {rules.JPEG, rules.PNG}:
        picture, width, height = upright_image(content, name, limits)
        return Inspected(picture, kind, width=width, height=height)
    return Inspected(content, kind)


def _check_size(size: int, name: str, limits: rules.Limits) -> None:
    if size == 0:
        raise rules.refuse("empty", name=name)
    if size > limits.max_bytes:
        raise rules.refuse("too_big", name=name, limit=in_megabytes(limits.max_bytes))


def _wrong_type(kind: str, head: bytes, name: str, limits: rules.Limits) -> rules.Refusal:
    if kind == HEIC:
        return rules.refuse("heic", name=name)
    vi, en = rules.name_of_kind(kind, b"" if kind in {ARCHIVE, OLD_OFFICE} else head)
    allowed = ", ".join(known for media_type, known in rules.MEDIA_TYPES.items() if media_type in limits.media_types)
    return rules.refuse("wrong_type", name=name, kind=vi, kind_en=en, allowed=allowed)

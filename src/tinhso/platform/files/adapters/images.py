"""Pictures: opened within bounds, turned upright, written anew without anything but the picture."""

import struct
import warnings
from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageFile, UnidentifiedImageError

from tinhso.platform.files import rules
from tinhso.platform.files.adapters.jpeg import without_notes

QUALITY = 90
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, UnidentifiedImageError)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def upright_image(content: bytes, name: str, limits: rules.Limits) -> tuple[bytes, int, int]:
    """
    The picture as it is to be looked at, without place, device, time or comment; with its width and height.

    A JPEG that stands upright is not coded anew, so it loses nothing; colour profiles stay, they belong to the picture.

    :raises Refusal: it cannot be opened to its end, or has too many pixels
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > limits.max_pixels:
                raise rules.refuse("too_many_pixels", name=name, width=image.width, height=image.height)
            image.load()
            return _cleaned(image, content)
    except _TOO_LARGE:
        width, height = _size_in_header(content)
        raise rules.refuse("too_many_pixels", name=name, width=width, height=height) from None
    except _BROKEN:
        raise rules.refuse("broken", name=name) from None


def _cleaned(image: ImageFile.ImageFile, content: bytes) -> tuple[bytes, int, int]:
    turned = _turn(image)
    if turned is image and image.format != "PNG":
        with suppress(ValueError):
            return without_notes(content), image.width, image.height
    return _written_anew(turned, is_jpeg=image.format != "PNG"), turned.width, turned.height


def _written_anew(image: Image.Image, *, is_jpeg: bool) -> bytes:
    profile = image.info.get("icc_profile")
    transparency = image.info.get("transparency")
    image.info.clear()
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    if is_jpeg:
        options["quality"] = QUALITY
        image = image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")
    elif transparency is not None:
        image.info["transparency"] = transparency
    written = BytesIO()
    image.save(written, format="JPEG" if is_jpeg else "PNG", **options)
    return written.getvalue()


def _turn(image: Image.Image) -> Image.Image:
    """The picture turned as its camera says; the picture itself when the camera says nothing that can be read."""
    turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    return image if turn is None else image.transpose(turn)


def _size_in_header(content: bytes) -> tuple[int | str, int | str]:
    """Width and height that a PNG names; a picture too large to open is mostly one."""
    if content[12:16] == b"IHDR":
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return "?", "?"

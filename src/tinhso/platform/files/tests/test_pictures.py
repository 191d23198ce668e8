"""Pictures come out upright and say nothing of where and with what they were taken."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from tinhso.platform.files.adapters import inspect
from tinhso.platform.files.adapters.images import ORIENTATION
from tinhso.platform.files.tests.papers import picture

GPS, MAKER = 0x8825, 0x010F


def taken_by_phone(orientation: int, kind: str = "JPEG", **options) -> bytes:
    """A photo as a camera writes it: the points as the sensor saw them, and a note on how to turn them."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "SAMSUNG"
    exif[GPS] = {1: "N", 2: (21.0, 51.0, 0.0)}
    return picture(kind, exif=exif, **options)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def is_red(image: Image.Image, x: float, y: float) -> bool:
    red, _, blue = image.convert("RGB").getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))
    return red > 200 and blue < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (60, 40), (0.1, 0.5)),
        (2, (60, 40), (0.9, 0.5)),
        (3, (60, 40), (0.9, 0.5)),
        (4, (60, 40), (0.1, 0.5)),
        (5, (40, 60), (0.5, 0.1)),
        (6, (40, 60), (0.5, 0.1)),
        (7, (40, 60), (0.5, 0.9)),
        (8, (40, 60), (0.5, 0.9)),
    ],
)
def test_a_photo_is_turned_upright_and_tells_no_place(kind, orientation, size, red_at):
    inspected = inspect(taken_by_phone(orientation, kind), name="anh.jpg")

    image = opened(inspected.content)
    assert (image.format, image.size) == (kind, size)
    assert (inspected.width, inspected.height) == size
    assert is_red(image, *red_at)
    assert not is_red(image, 1 - red_at[0], 1 - red_at[1])
    assert dict(image.getexif()) == {}
    assert b"SAMSUNG" not in inspected.content


def test_what_is_hidden_behind_or_beside_the_picture_is_dropped():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Hoang Thi Mai")
    noted = picture("PNG", pnginfo=text)
    commented = picture("JPEG", comment=b"chup tai nha") + b"MZ\x90\x00program"

    assert b"Hoang" not in inspect(noted, name="a").content
    kept = inspect(commented, name="a").content
    assert b"chup tai nha" not in kept
    assert b"program" not in kept


@pytest.mark.parametrize(
    "options", [{"quality": 71}, {"progressive": True}, {"quality": 40, "restart_marker_blocks": 2}]
)
def test_an_upright_photo_loses_nothing(options):
    photo = taken_by_phone(1, size=(200, 100), comment=b"chup tai nha", **options)

    kept = inspect(photo + b"more behind the end", name="a").content

    assert opened(kept).tobytes() == opened(photo).tobytes()
    assert len(kept) < len(photo)
    assert kept == inspect(kept, name="a").content


def test_colours_stay_as_they_are_meant():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for orientation in (1, 6):
        kept = inspect(taken_by_phone(orientation, icc_profile=profile), name="a").content
        assert opened(kept).info["icc_profile"] == profile


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("orientation", [0, 19, 64006])
def test_a_note_that_cannot_be_read_does_not_lose_the_photo(orientation):
    garbage = picture(exif=b"Exif\x00\x00II*\x00\xff\xff\xff\x7f")

    assert opened(inspect(taken_by_phone(orientation), name="a").content).size == (60, 40)
    assert opened(inspect(garbage, name="a").content).size == (60, 40)


def test_glass_clear_parts_of_a_png_stay_clear():
    image = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    target = BytesIO()
    image.save(target, "PNG")

    assert opened(inspect(target.getvalue(), name="dau.png").content).getpixel((0, 0))[3] == 0

"""What a mother of Đồng Đăng answers page by page when she registers a birth, and the photograph she takes along."""

import io
from datetime import date, timedelta
from random import choice

from PIL import Image, ImageDraw

BORN_ON = date.today() - timedelta(days=9)
PAGES: dict[str, dict[str, str]] = {
    "requester": {"requester_relation": "mother", "requester_residence": "Thôn Nà Mò, xã Đồng Đăng", "residence_known": "yes"},
    "child": {
        "child_name": "Hoàng Gia Bảo", "child_sex": "male",
        "child_birth_date-day": str(BORN_ON.day), "child_birth_date-month": str(BORN_ON.month), "child_birth_date-year": str(BORN_ON.year),
    },
    "birth_place": {"birth_place_kind": "health_facility", "birth_facility": "Trạm y tế xã Đồng Đăng", "is_surrogate_birth": "no"},
    "origin": {"child_ethnic_group": "Tày", "child_home_town": "Xã Đồng Đăng, tỉnh Lạng Sơn", "child_nationality": "vn"},
    "mother": {"mother_ethnic_group": "Tày", "mother_residence": "Thôn Nà Mò, xã Đồng Đăng"},
    "father": {"has_father": "no"},
    "delivery": {"delivery": "counter", "copies_wanted": "0"},
}  # fmt: skip
SYLLABLES = [
    "An",
    "Bảo",
    "Châu",
    "Diệp",
    "Đăng",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiền",
    "Hòa",
    "Hương",
    "Khang",
    "Khánh",
    "Khôi",
    "Lan",
    "Linh",
    "Mai",
    "Minh",
    "My",
    "Nam",
    "Ngân",
    "Ngọc",
    "Nhi",
    "Phúc",
]
TURNED_RIGHT = 6  # what a phone held upright writes into its photographs


def photograph() -> dict[str, object]:
    """A large photograph lying on its side, as phones make them, of a paper from the health station."""
    picture = Image.new("RGB", (2400, 1800), "#8d8474")
    paper = Image.new("RGB", (1500, 2100), "#f7f4ea")
    pen = ImageDraw.Draw(paper)
    pen.rectangle((300, 160, 1200, 220), fill="#3a3a3a")
    for line in range(24):
        pen.rectangle((140, 380 + 62 * line, 140 + 1200 - (line * 97) % 500, 392 + 62 * line), fill="#6b6b6b")
    pen.ellipse((980, 1750, 1260, 2030), outline="#b03030", width=14)
    picture.paste(paper.rotate(90, expand=True), (150, 150))
    exif = Image.Exif()
    exif[0x0112] = TURNED_RIGHT
    exif[0x010F] = "Phone of somebody"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=88, exif=exif.tobytes())
    return {"name": "giay-chung-sinh.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def new_name() -> str:
    """A child's name that nobody here has yet."""
    return "Hoàng " + " ".join(choice(SYLLABLES) for _ in range(3))

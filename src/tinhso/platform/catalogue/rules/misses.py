"""What is kept of a search without result: the words, and nothing that tells who asked."""

import re

from tinhso.kernel.vietnamese import syllables

MOST_SYLLABLES = 10
LONGEST = 100
_NUMBER = re.compile(r"\d{3,}")
_ADDRESS = re.compile(r"\S*[@/\\]\S*|https?:\S+|\b\d[\d .-]{6,}\d\b")
# The hundred names of most families; a capitalised run that begins with one is taken for a person.
_FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Nông|Vi|Hứa|Lương|Triệu|Lộc|Bế|Hà|Đinh|Trịnh|Đoàn|Mai|Tô"
    "|Chu|Lâm|Cao|La|Mã|Ma|Lưu|Đàm|Linh|Phùng|Quách|Tạ|Thái|Tống|Trương|Vương|Lục|Sầm|Đào|Hoa|Kiều|Giàng|Vàng|Sùng|Thào"
)
_PERSON = re.compile(rf"\b(?:{_FAMILIES})(?:\s+[A-ZÀ-Ỹ][a-zà-ỹ]+){{1,4}}")
_NAMED = re.compile(r"\b(?:tên là|tên tôi là|tôi tên|my name is)\b.*", re.IGNORECASE)


def words_to_keep(typed: str) -> str:
    """The folded words of a search without names of persons, numbers or addresses; empty when nothing is left to learn from."""
    text = _NAMED.sub(" ", _PERSON.sub(" ", _ADDRESS.sub(" ", typed)))
    words = [word for word in syllables(text) if not _NUMBER.search(word) and len(word) < 12]
    return " ".join(words)[:LONGEST].strip() if 1 <= len(words) <= MOST_SYLLABLES else ""

"""Money in whole đồng: written in figures and in words, Vietnamese and English."""

import re
from typing import Literal

Language = Literal["vi", "en"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_WRITTEN = re.compile(
    r"(?P<minus>-?)(?P<figures>\d{1,3}(?:(?P<mark>[., ])\d{3}(?:(?P=mark)\d{3})*)?|\d+)(?:đ|₫|đồng|vnd|vnđ)?", re.ASCII
)


class NotAnAmount(ValueError):
    """The text is no whole number of đồng; `vi` (also the message) and `en` say what to write."""

    vi = "Số tiền phải là số nguyên đồng, ví dụ 150.000."
    en = "The amount must be a whole number of đồng, such as 150.000."

    def __init__(self) -> None:
        super().__init__(self.vi)


def format_dong(amount_dong: int) -> str:
    """The amount as it is printed: 150000 gives "150.000 đ"."""
    return f"{amount_dong:,}".replace(",", ".") + " đ"


def parse_dong(text: str) -> int:
    """
    The amount somebody typed: "150000", "150.000", "150.000 đ", "150,000 đồng".

    :raises NotAnAmount: it is not a whole number of đồng, or its groups are not of three figures
    """
    written = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip().lower()
    match = _WRITTEN.fullmatch(re.sub(r" (?=\D*$)", "", written))
    if match is None:
        raise NotAnAmount
    amount_dong = int(re.sub(r"\D", "", match["figures"]))
    return -amount_dong if match["minus"] else amount_dong


def amount_in_words(amount_dong: int, language: Language = "vi") -> str:
    """The amount in words as receipts and contracts want it: "Một trăm năm mươi nghìn đồng"."""
    words = f"{number_in_words(amount_dong, language)} {'đồng' if language == 'vi' else 'dong'}"
    return words[0].upper() + words[1:]


def number_in_words(number: int, language: Language = "vi", *, empty_ten: Literal["linh", "lẻ"] = "linh") -> str:
    """
    A whole number in words.

    :param empty_ten: the word between hundred and a single unit; "linh" is the school's, "lẻ" is common in the south
    """
    if number < 0:
        return f"{'âm' if language == 'vi' else 'minus'} {number_in_words(-number, language, empty_ten=empty_ten)}"
    if language == "en":
        return _in_english(number)
    return _in_vietnamese(number, empty_ten) if number else _DIGITS[0]


def _in_vietnamese(number: int, empty_ten: str) -> str:
    """Billions are counted again from one, since the language has no word above "tỷ": "một nghìn tỷ"."""
    billions, rest = divmod(number, _BILLION)
    words = [_in_vietnamese(billions, empty_ten), "tỷ"] if billions else []
    for scale in (2, 1, 0):
        group = rest // 1000**scale % 1000
        if group:
            words += _group(group, empty_ten, full=bool(words))
            words += [_SCALES[scale]] if scale else []
    return " ".join(words)


def _group(group: int, empty_ten: str, *, full: bool) -> list[str]:
    """Three figures; with `full` the hundreds are read even when nought, since something larger stands before."""
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append(empty_ten)
    return [*words, *_units(tens, units)]


def _units(tens: int, units: int) -> list[str]:
    """The last figure, which changes its sound after a ten: mốt, tư, lăm."""
    if not units:
        return []
    if units == 5 and tens:
        return ["lăm"]
    if tens > 1 and units in {1, 4}:
        return ["mốt" if units == 1 else "tư"]
    return [_DIGITS[units]]


def _in_english(number: int) -> str:
    """British use: "one thousand and five", "one hundred and fifty thousand"."""
    for size, name in _ENGLISH_SCALES:
        if number >= size:
            head, rest = divmod(number, size)
            joint = " and " if 0 < rest < 100 else " "
            return f"{_in_english(head)} {name}" + (f"{joint}{_in_english(rest)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        return f"{_ONES[head]} hundred" + (f" and {_in_english(rest)}" if rest else "")
    if number >= 20:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]

"""What is said of rules and events that packs write wrong, in both languages."""

from collections.abc import Mapping
from typing import Final

from tinhso.kernel.flow import Place, Problem

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "unknown_value": ("Không có {key} “{value}”; dùng được: {known}.", "There is no {key} “{value}”; there are: {known}."),
    "period_unused": ("Cảnh báo “{code}”: chỉ chỉ số (indicators.…) mới có period.", "The alert “{code}”: only indicators have a period."),
    "clears_beyond": ("Cảnh báo “{code}”: clear_at phải ở phía tốt của threshold.", "The alert “{code}”: clear_at lies on the good side of the threshold."),
    "outside_range": ("Cảnh báo “{code}”: threshold nằm ngoài range.", "The alert “{code}”: the threshold lies outside its range."),
    "never_over": ("Cảnh báo “{code}” không bao giờ hết: mức hết {level} không đạt tới được (tốt nhất là {reach}).", "The alert “{code}” is never over: nothing gets to {level} (the best there is: {reach})."),
    "never_in_force": ("Cảnh báo “{code}” hết hiệu lực trước khi bắt đầu.", "The alert “{code}” ends before it begins."),
    "without_basis": ("“{code}” chưa ghi căn cứ (basis).", "“{code}” does not say on what it rests (basis)."),
    "untranslated": ("“{code}”: {key} phải có đủ hai thứ tiếng.", "“{code}”: {key} is needed in both languages."),
    "twice": ("“{code}” đã có ở trên.", "“{code}” stands above."),
    "ends_before": ("Sự kiện “{code}” kết thúc trước khi bắt đầu.", "The event “{code}” ends before it begins."),
}  # fmt: skip


def problem(code: str, place: Place, /, **named: object) -> Problem:
    """The problem of that code at a place of its table."""
    vi, en = (sentence.format(**named) for sentence in SENTENCES[code])
    return Problem(code, vi, en, place)

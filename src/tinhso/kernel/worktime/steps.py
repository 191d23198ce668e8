"""The steps that explain a due date, and how each one reads in Vietnamese and English."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from tinhso.kernel.worktime.days import VIETNAM, Day
from tinhso.kernel.worktime.durations import Duration
from tinhso.kernel.worktime.texts import Text, capital, clock_text, date_text, seconds_text

# A sentence may use {day} {last} {time} {opens} {name} {amount} {number} {upto}; the second form is for several days.
_SENTENCES: Final[Mapping[str, tuple[Text, Text | None]]] = {
    "received": (Text("Nhận lúc {time}, {day}.", "Received at {time} on {day}."), None),
    "received_day_off": (
        Text(
            "Nhận vào ngày nghỉ ({name}): tính như nhận lúc mở cửa {time}, {day}.",
            "Received on a day off ({name}): counts as received at opening, {time} on {day}.",
        ),
        None,
    ),
    "cut_off": (
        Text(
            "Nhận từ {name} trở đi: theo quy định của thủ tục, tính như nhận lúc mở cửa {time}, {day}.",
            "Received at or after {name}: by the procedure's rule, counts as received at opening, {time} on {day}.",
        ),
        None,
    ),
    "after_closing": (
        Text(
            "Lúc nhận đã hết giờ làm việc trong ngày: tính như nhận lúc mở cửa {time}, {day}.",
            "No working hours were left that day: counts as received at opening, {time} on {day}.",
        ),
        None,
    ),
    "day_zero": (
        Text(
            "{Day} là ngày 0: ngày nhận không tính vào thời hạn.", "{day} is day 0: the day of receipt is not counted."
        ),
        None,
    ),
    "same_day": (Text("Phải xong trong ngày: {day}.", "To be finished on the same day: {day}."), None),
    "working": (
        Text("Ngày làm việc thứ {number}: {day}.", "Working day {number}: {day}."),
        Text(
            "Ngày làm việc thứ {number} đến {upto}: {day} đến {last}.",
            "Working days {number} to {upto}: {day} to {last}.",
        ),
    ),
    "swapped": (
        Text("Ngày làm việc thứ {number}: {day} ({name}).", "Working day {number}: {day} ({name})."),
        Text(
            "Ngày làm việc thứ {number} đến {upto}: {day} đến {last} ({name}).",
            "Working days {number} to {upto}: {day} to {last} ({name}).",
        ),
    ),
    "day_off": (
        Text("Không tính {day}: {name}.", "Not counted, {day}: {name}."),
        Text("Không tính {day} đến {last}: {name}.", "Not counted, {day} to {last}: {name}."),
    ),
    "half_session": (
        Text("Nửa ngày: hạn hết buổi {name}, {day}.", "Half a day: due as the {name} session ends, {day}."),
        None,
    ),
    "working_time": (
        Text("{amount} làm việc, {day}, từ {opens} đến {time}.", "{amount} of work on {day}, from {opens} to {time}."),
        None,
    ),
    "elapsed": (
        Text(
            "Cộng {amount} liên tục, kể cả đêm và ngày nghỉ.",
            "Plus {amount} without a break, nights and days off included.",
        ),
        None,
    ),
    "calendar_days": (
        Text(
            "Cộng {amount} theo lịch, kể cả ngày nghỉ: {day}.",
            "Plus {amount} of the calendar, days off included: {day}.",
        ),
        None,
    ),
    "months": (
        Text("Cộng {amount}, lấy cùng ngày trong tháng: {day}.", "Plus {amount}, same day number: {day}."),
        None,
    ),
    "month_end": (
        Text(
            "Cộng {amount}: tháng đó không có ngày {number}, lấy ngày cuối tháng, {day}.",
            "Plus {amount}: that month has no day {number}, so its last day, {day}.",
        ),
        None,
    ),
    "moved": (
        Text(
            "Hạn rơi vào ngày nghỉ ({name}): chuyển sang ngày làm việc kế tiếp, {day}.",
            "The deadline falls on a day off ({name}): it moves to the next working day, {day}.",
        ),
        None,
    ),
    "paused": (
        Text(
            "Đồng hồ dừng từ {day} đến {last} ({name}): cộng thêm {amount}.",
            "The clock stood still from {day} to {last} ({name}): {amount} more.",
        ),
        None,
    ),
    "reset": (
        Text(
            "Tính lại từ đầu kể từ {time}, {day} ({name}).",
            "Counted again from the start, from {time} on {day} ({name}).",
        ),
        None,
    ),
    "extended": (
        Text(
            "Gia hạn một lần, thêm {amount} kể từ hạn {time}, {day}.",
            "Extended once, by {amount} from {time} on {day}.",
        ),
        None,
    ),
    "undecided": (
        Text(
            "Lịch nghỉ năm {number} chưa có quyết định: tạm tính theo luật, hạn có thể đổi.",
            "The days off of {number} are not decided yet: computed from the law, the deadline may still move.",
        ),
        None,
    ),
    "due": (Text("Hạn: {time}, {day}.", "Due at {time} on {day}."), None),
}
_SAME_WORDS: Final = {"worked": "swapped"}


class Step(NamedTuple):
    """
    One decision on the way to a due date.

    `kind` is one of the keys above; `on` its day and `last` the last one of several; `at` a moment; `name` what a
    day off, a session or a stop is called; `amount` a stretch of time, in seconds if a number; `number` and `upto`
    which working days these are.
    """

    kind: str
    on: date
    last: date | None = None
    at: datetime | None = None
    opens_at: datetime | None = None
    name: Text | None = None
    amount: Duration | Text | int | None = None
    number: int = 0
    upto: int = 0

    @property
    def vi(self) -> str:
        """The step as a Vietnamese sentence."""
        return self._words(0)

    @property
    def en(self) -> str:
        """The step as an English sentence."""
        return self._words(1)

    def as_dict(self) -> dict[str, str | None]:
        """The step for JSON: `kind`, `on` and `until` as ISO dates, `at` as ISO 8601 or null, and both sentences."""
        return {
            "kind": self.kind,
            "on": self.on.isoformat(),
            "until": (self.last or self.on).isoformat(),
            "at": self.at.astimezone(VIETNAM).isoformat() if self.at else None,
            "vi": self.vi,
            "en": self.en,
        }

    def _words(self, language: int) -> str:
        one, several = _SENTENCES[_SAME_WORDS.get(self.kind, self.kind)]
        sentence = several if several is not None and self.last not in {None, self.on} else one
        day = date_text(self.on)[language]
        return sentence[language].format(
            day=day,
            Day=capital(day),
            last=date_text(self.last or self.on)[language],
            time=clock_text(self.at) if self.at else "",
            opens=clock_text(self.opens_at) if self.opens_at else "",
            name=self.name[language] if self.name else "",
            amount=_amount(self.amount)[language],
            number=self.number,
            upto=self.upto,
        )


def run_step(days: list[Day], counted: int) -> Step:
    """The one step for consecutive days of the same kind and name; `counted` working days lie behind them."""
    first, last = days[0], days[-1]
    if not first.counted:
        return Step("day_off", first.on, last=last.on, name=first.name)
    kind = first.kind
    return Step(kind, first.on, last=last.on, name=first.name, number=counted + 1, upto=counted + len(days))


def _amount(amount: Duration | Text | int | None) -> Text:
    if isinstance(amount, Duration):
        return amount.text
    if isinstance(amount, Text):
        return amount
    return seconds_text(amount or 0)

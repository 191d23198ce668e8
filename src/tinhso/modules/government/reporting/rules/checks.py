"""Whether a report holds together: each thing that is wrong names its cell and what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tinhso.kernel.flow import Text
from tinhso.modules.government.reporting.rules.filling import Content, Value, values_of
from tinhso.modules.government.reporting.rules.templates import REPORTER, Cell, Comparison, Template

NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Failed:
    """One check that failed at one cell; a `warning` does not stop the report once the cell carries a note."""

    key: str
    text: Text
    remedy: Text
    is_warning: bool = False

    @property
    def vi(self) -> str:
        """The whole in Vietnamese."""
        return f"{self.text.vi} {self.remedy.vi}"

    @property
    def en(self) -> str:
        """The whole in English."""
        return f"{self.text.en} {self.remedy.en}"


def check(
    template: Template, content: Content, before: Mapping[str, Value] = NOTHING, *, level: str = REPORTER
) -> list[Failed]:
    """
    Everything that is wrong, in the order of the template; warnings that a note explains are left out.

    :param before: the values of the period before
    :param level: "receiver" asks also for what only the receiver fills
    """
    values = values_of(template, content)
    found = [*_missing(template, values, level), *_unexplained(content)]
    found += [each for one in template.comparisons for each in _compared(template, one, values)]
    found += _changed(template, content, values, before)
    explained = {key for key, entry in content.items() if entry.note}
    found = [each for each in found if not (each.is_warning and each.key in explained)]
    place = {key: number for number, key in enumerate(template.cells)}
    return sorted(found, key=lambda each: (each.is_warning, place.get(each.key, 0)))


def stops(failed: list[Failed]) -> bool:
    """Whether the report cannot be submitted."""
    return any(not each.is_warning for each in failed)


def is_asked_of(cell: Cell, level: str) -> bool:
    """Whether somebody on that level fills in the cell."""
    return cell.formula is None and (cell.filled_by == REPORTER or level != REPORTER)


def _missing(template: Template, values: Mapping[str, Value], level: str) -> Iterator[Failed]:
    for cell in template.cells.values():
        if cell.required and is_asked_of(cell, level) and cell.key not in values:
            vi, en = (template.name_of(cell.key, language) for language in ("vi", "en"))
            yield Failed(
                cell.key,
                Text(f"Chưa có “{vi}”.", f"“{en}” is missing."),
                Text("Điền số; không có thì ghi 0.", "Fill it in; write 0 where there is none.")
                if cell.is_number
                else Text("Hãy điền.", "Fill it in."),
            )


def _unexplained(content: Content) -> Iterator[Failed]:
    for key, entry in content.items():
        if entry.is_overridden and not entry.reason:
            yield Failed(
                key,
                Text("Khác số liệu của hệ thống mà chưa có lý do.", "Other than the records say, without a reason."),
                Text("Ghi lý do, hoặc xóa để lấy số của hệ thống.", "Give the reason, or empty the cell."),
            )


def _compared(template: Template, one: Comparison, values: Mapping[str, Value]) -> Iterator[Failed]:
    left, right = _total(one.left, values), _total(one.right, values)
    if left is None or right is None or _holds(left, one.sign, right):
        return
    signs = {"=": ("bằng", "equal to"), "<=": ("không quá", "at most"), ">=": ("ít nhất bằng", "at least")}
    said, en_said = signs[one.sign]
    names = [[template.name_of(key, language) for key in one.right] for language in ("vi", "en")]
    (vi, en), (than, en_than) = _written(left), _written(right)
    text = Text(f"{one.name.vi}: {vi}, phải {said} {than}.", f"{one.name.en}: {en}, must be {en_said} {en_than}.")
    remedy = Text(f"Xem lại ô này và “{' + '.join(names[0])}”.", f"Look at this cell and at “{' + '.join(names[1])}”.")
    if one.is_warning:
        remedy = Text(f"{remedy.vi} Nếu đúng, ghi chú vì sao.", f"{remedy.en} If it is right, say why in a note.")
    yield Failed(one.left[0], text, remedy, one.is_warning)


def _total(keys: tuple[str, ...], values: Mapping[str, Value]) -> Decimal | None:
    """The sum of these cells; None where one is not known: that it is missing is said elsewhere."""
    found = [values.get(key) for key in keys]
    numbers = [each for each in found if isinstance(each, Decimal)]
    return sum(numbers, Decimal(0)) if len(numbers) == len(keys) else None


def _holds(left: Decimal, sign: str, right: Decimal) -> bool:
    return {"=": left == right, "<=": left <= right, ">=": left >= right}[sign]


def _changed(
    template: Template, content: Content, values: Mapping[str, Value], before: Mapping[str, Value]
) -> Iterator[Failed]:
    """Numbers that somebody typed and that are far from those of the period before; what the records say needs no note."""
    for key in template.cells if template.change is not None else ():
        old, new = before.get(key), values.get(key)
        is_typed = key in content and content[key].typed is not None
        if not (
            is_typed and isinstance(old, Decimal) and isinstance(new, Decimal) and old and template.change is not None
        ):
            continue
        percent = (new - old) * 100 / abs(old)
        if abs(percent) > template.change and template.cells[key].formula is None:
            text = Text(
                f"Khác kỳ trước {percent:+.0f}% ({old:f}).", f"{percent:+.0f}% from the period before ({old:f})."
            )
            yield Failed(
                key, text, Text("Nếu đúng, ghi chú vì sao.", "If it is right, say why in a note."), is_warning=True
            )


def _written(number: Decimal) -> tuple[str, str]:
    """A number as people write it in Vietnamese and in English."""
    english = f"{number:,f}"
    return english.translate(str.maketrans(",.", ".,")), english

"""`tinhso due`: when something is due and why, straight from the packs' calendars; no database is asked."""

import json
from datetime import datetime

import click

from tinhso.kernel import worktime

WAYS_TO_WRITE = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


@click.command(help="Tính ngày hẹn trả và nói vì sao · Compute a due date and say why.")
@click.option(
    "--received", required=True, metavar="2026-02-13T15:30", help="Lúc nhận, giờ Việt Nam · Received, Vietnam time."
)
@click.option(
    "--limit", required=True, metavar='"2 working_day"', help=f"Thời hạn · The limit: {', '.join(worktime.UNITS)}."
)
@click.option(
    "--cut-off", metavar="15:00", help="Từ giờ này tính sang ngày sau · From this hour on the next day counts."
)
@click.option("--calendar", default=worktime.DEFAULT_CALENDAR, show_default=True, help="Mã lịch · The calendar's code.")
@click.option("--json", "as_json", is_flag=True, help="In JSON · Print JSON.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Tiếng · Language.")
def command(*, as_json: bool, language: str, **question: str) -> None:
    """Answer on the standard output; what cannot be understood ends with exit code 2 and both languages."""
    try:
        at, limit = _moment(question["received"]), worktime.Duration.parse(question["limit"])
        cut_off = worktime.parse_time(question["cut_off"]) if question["cut_off"] else None
        desk = _calendar(question["calendar"])
        found = worktime.due(at, limit, desk, cut_off=cut_off)
    except worktime.WorktimeError as error:
        raise click.UsageError(f"{error.vi}\n       {error.en}") from None
    if as_json:
        asked = {"received_at": worktime.in_vietnam(at).isoformat(), "limit": str(limit)}
        asked |= {name: question[name] for name in ("calendar", "cut_off")}
        click.echo(json.dumps(found.as_dict() | asked, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, limit, desk, 0 if language == "vi" else 1)))


def _lines(found: worktime.Due, limit: worktime.Duration, desk: worktime.Calendar, language: int) -> list[str]:
    due = found.steps[-1]
    question = ("Thời hạn {}, lịch {} ({}).", "Limit {}, calendar {} ({}).")[language]
    why = ("Vì sao hẹn ngày này?", "Why this date?")[language]
    steps = [f"{number:3}. {(step.vi, step.en)[language]}" for number, step in enumerate(found.steps, 1)]
    return [
        (due.vi, due.en)[language],
        question.format(limit.text[language], desk.name[language], desk.code),
        "",
        why,
        *steps,
    ]


def _moment(written: str) -> datetime:
    """The moment as ISO 8601 or as `13/02/2026 15:30`; without an offset it is Vietnamese time."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        at = _vietnamese_moment(written)
    if ":" not in written and "T" not in written:
        raise _no_moment(written)
    return at if at.tzinfo else at.replace(tzinfo=worktime.VIETNAM)


def _vietnamese_moment(written: str) -> datetime:
    for way in WAYS_TO_WRITE:
        try:
            return datetime.strptime(written.strip(), way).replace(tzinfo=worktime.VIETNAM)
        except ValueError:
            continue
    raise _no_moment(written)


def _no_moment(written: str) -> worktime.WorktimeError:
    return worktime.WorktimeError(
        f"“{written}” không phải là ngày và giờ nhận: viết như 2026-02-13T15:30.",
        f"“{written}” is not a day and time of receipt: write it like 2026-02-13T15:30.",
    )


def _calendar(code: str) -> worktime.Calendar:
    from tinhso.host import settings
    from tinhso.kernel.packs.reading import read_all

    packs = read_all(settings.PACKS_ROOT, [pack.strip() for pack in settings.PACKS if pack.strip()]).packs
    calendars = worktime.read_calendars(*(pack.folder for pack in packs))
    if code not in calendars:
        known = ", ".join(sorted(calendars))
        raise worktime.CalendarError(
            f"Không có lịch “{code}”; đang có: {known}.", f"There is no calendar “{code}”; there are: {known}."
        )
    return calendars[code]

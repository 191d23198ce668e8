"""`tinhso due`: when something is due and why, straight from the packs' calendars; no database is asked."""

import json

import click

from tinhso.kernel import worktime


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
        asking = worktime.read_due_question(question["received"], question["limit"], question["cut_off"] or "")
        desk = _calendar(question["calendar"])
        found = asking.answer(desk)
    except worktime.WorktimeError as error:
        raise click.UsageError(f"{error.vi}\n       {error.en}") from None
    if as_json:
        asked = {"received_at": worktime.in_vietnam(asking.received_at).isoformat(), "limit": str(asking.limit)}
        asked |= {name: question[name] for name in ("calendar", "cut_off")}
        click.echo(json.dumps(found.as_dict() | asked, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, asking.limit, desk, 0 if language == "vi" else 1)))


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

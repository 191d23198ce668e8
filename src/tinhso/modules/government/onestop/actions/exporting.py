"""The register of dossiers as a file: ordered, written by a job when it is long, and noted in the ledger."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from tinhso.modules.government.onestop.adapters import get_sheet
from tinhso.modules.government.onestop.adapters.registers import Column, write_pdf, write_sheet
from tinhso.modules.government.onestop.facts import REGISTER_WRITTEN
from tinhso.modules.government.onestop.models import RegisterOrder
from tinhso.modules.government.onestop.queries.letters import agency_of, check_address
from tinhso.modules.government.onestop.queries.register import count_lines, iterate_lines
from tinhso.modules.government.onestop.rules.filling import local_iso
from tinhso.modules.government.onestop.rules.register import CHANNELS, STANDINGS, Asked, Line, asked_from
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.adapters import render_document
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.actions import record_glimpses
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit

JOB: Final = "tinhso.modules.government.onestop.jobs.write_register"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA: Final = {"xlsx": XLSX, "pdf": "application/pdf"}
AT_ONCE = 1000
Format = Literal["xlsx", "pdf"]
COLUMNS: Final[Sequence[Column]] = (
    ("TT", 6), ("Mã hồ sơ", 24), ("Thủ tục", 40), ("Số bộ", 7), ("Người nộp", 28), ("Điện thoại", 16), ("Cơ quan giải quyết", 30),
    ("Cách nộp", 14), ("Nhận hồ sơ", 17), ("Hẹn trả", 17), ("Có kết quả", 17), ("Trả kết quả", 17), ("Cách nhận", 16), ("Tình trạng", 22),
)  # fmt: skip


@transaction.atomic
def order_register(*, asked: Asked, form: Format, actor: Actor, now: datetime) -> RegisterOrder:
    """Have a register written; a short one is there when this returns, a long one is written by a job."""
    order = RegisterOrder.objects.create(
        public_id=secrets.token_hex(16), actor_code=actor.code, asked=asked.as_json() | {"form": form}, ordered_at=now
    )
    if count_lines(asked, now, most=AT_ONCE + 1) <= AT_ONCE:
        return write_register(public_id=order.public_id, actor=actor, now=now)
    app.configure_task(JOB, queue="registers", lock=f"register:{order.public_id}", allow_unknown=False).defer(
        order=order.public_id
    )
    return order


def write_register(*, public_id: str, actor: Actor, now: datetime) -> RegisterOrder:
    """
    Write the file of an order and keep it; one that is written already is returned. Safe to begin again.

    Lines are read and written a thousand at a time; the order says how many there are so far.
    """
    order = RegisterOrder.objects.get(public_id=public_id, actor_code=actor.code)
    if order.finished_at:
        return order
    asked, form = asked_from(order.asked), str(order.asked["form"])
    with TemporaryDirectory(prefix="tinhso-register-") as folder, translation.override("vi"):
        path = Path(folder) / f"register.{form}"
        (_write_xlsx if form == "xlsx" else _write_pdf)(path, asked, _counted(order, asked, actor, now), now)
        kept = keep_document(content=path.read_bytes(), media_type=MEDIA[form], actor=actor, now=now)
    with transaction.atomic():
        order.file_sha256, order.finished_at = kept.sha256, now
        order.save(update_fields=["file_sha256", "finished_at", "lines"])
        body = order.asked | {"lines": order.lines, "sha256": kept.sha256}
        record_fact(
            kind=REGISTER_WRITTEN, subject=f"register:{asked.unit_key}", unit_key=asked.unit_key, body=body, actor=actor, now=now
        )  # fmt: skip
    return order


def _counted(order: RegisterOrder, asked: Asked, actor: Actor, now: datetime) -> Iterator[Line]:
    """The lines, with a note on the order after each thousand, and for each person that the officer has their name now."""
    order.lines = 0
    for lines in iterate_lines(asked, now):
        seen = [(line.applicant_code, asked.unit_key) for line in lines]
        record_glimpses(actor=actor, place="register", seen=seen, now=now)
        yield from lines
        order.lines += len(lines)
        RegisterOrder.objects.filter(pk=order.pk).update(lines=order.lines)


def _write_xlsx(path: Path, asked: Asked, lines: Iterable[Line], now: datetime) -> None:
    agency = agency_of(asked.unit_key, now)["name"]
    sheet = get_sheet("register", asked.last_on)
    heading = [f"{sheet.name} (mẫu số {sheet.number}, {sheet.law})", f"{agency}, {asked.period}", *_filter_lines(asked)]
    rows = (
        (
            number, line.code, line.procedure.name.vi, "01", line.applicant, line.phone, agency,
            str(CHANNELS.get(line.channel, line.channel)), line.received_at, line.due_at, line.resolved_at, line.returned_at,
            line.delivery_words, line.badge(now).text,
        )
        for number, line in enumerate(lines, start=1)
    )  # fmt: skip
    write_sheet(path, heading, COLUMNS, rows)


def _write_pdf(path: Path, asked: Asked, lines: Iterable[Line], now: datetime) -> None:
    sheet = get_sheet("register", asked.last_on)
    agency = agency_of(asked.unit_key, now)
    fields: dict[str, Any] = {
        "form": sheet.as_fields(), "agency": agency, "place": get_unit(asked.unit_key).short_name,
        "issued_at": local_iso(now), "unit": agency["name"], "period": asked.period, "filters": "; ".join(_filter_lines(asked)),
        "check_address": check_address(),
    }  # fmt: skip

    def draw(part: Mapping[str, Any]) -> bytes:
        return render_document(sheet.path, part, now=now)

    write_pdf(path, fields, (_printed(line, agency["name"], now) for line in lines), draw)


def _printed(line: Line, agency: str, now: datetime) -> dict[str, str]:
    return {
        "code": line.code, "procedure": line.procedure.name.vi, "sets": "01", "applicant": line.applicant, "contact": line.phone,
        "handler": agency, "received_at": local_iso(line.received_at), "due_at": local_iso(line.due_at),
        "resolved_at": local_iso(line.resolved_at), "returned_at": local_iso(line.returned_at),
        "delivery": line.delivery_words, "standing": line.badge(now).text,
    }  # fmt: skip


def _filter_lines(asked: Asked) -> list[str]:
    """What was left out, in words; a register that shows only some of its lines says so."""
    said = []
    if asked.procedure:
        said.append(f"Chỉ thủ tục {asked.procedure}")
    if asked.standing:
        said.append(f"Chỉ hồ sơ: {STANDINGS[asked.standing]}")
    if asked.channel:
        said.append(f"Chỉ cách nộp: {CHANNELS[asked.channel]}")
    return said


def name_of_file(order: RegisterOrder) -> str:
    """The name a register is downloaded by."""
    day = order.ordered_at.astimezone(VIETNAM)
    return f"so-theo-doi-{order.asked['first_on']}-{order.asked['last_on']}-{day:%H%M}.{order.asked['form']}"

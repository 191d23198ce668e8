"""The words of a small pack, a recipient, and jobs run at a chosen moment."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import NoticeText
from tinhso.platform.notices import actions, models, rules

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
ACCEPTED, SILENT = "cases.dossier.accepted", "cases.dossier.assigned"
WORDS = NoticeText(
    ACCEPTED,
    in_app=Text("Hồ sơ {code} đã được tiếp nhận. Hẹn trả: {due}.", "Dossier {code} is accepted. Due: {due}."),
    email_subject=Text("Hồ sơ {code}: đã tiếp nhận", "Dossier {code}: accepted"),
    email_body=Text("Chào {name},\n\nHồ sơ “{procedure}”. {link}", "Dear {name},\n\nDossier “{procedure}”. {link}"),
    sms=Text(
        "Ho so {code} da duoc tiep nhan. Hen tra {due}. Xem: {link}", "Dossier {code} accepted. Due {due}: {link}"
    ),
    zalo=Text(
        "Hồ sơ {code} đã được tiếp nhận. Hẹn trả {due}. Xem: {link}", "Dossier {code} accepted. Due {due}: {link}"
    ),
)
FIELDS = {
    "code": "H37.15-261123-0042",
    "name": "Hoàng Thị Mai",
    "procedure": Text("Đăng ký khai sinh", "Birth registration"),
    "due": "16:30 23/11/2026",
    "link": "https://langson.example/t/TS-7K3M-9QXD-42",
}
MAI = rules.Recipient("citizen:mai", "Hoàng Thị Mai", "0912 345 678", "mai@example.org")
CASE = "TS-7K3M-9QXD-42"


@dataclass(frozen=True)
class Actor:
    code: str


CLERK = Actor("officer:hoa")


@pytest.fixture
def words(db):
    actions.load_notice_texts(texts={ACCEPTED: WORDS})


def tell(recipient=MAI, *, kind=ACCEPTED, key="fact-1", fields=FIELDS, now=NOW):
    return actions.notify(recipient=recipient, kind=kind, fields=fields, case_id=CASE, key=key, actor=CLERK, now=now)


def waiting_jobs(now):
    """The delivery jobs that a worker would run at that moment, by the delivery they are about."""
    jobs = ProcrastinateJob.objects.filter(task_name=actions.DELIVER, status="todo").order_by("id")
    return [job for job in jobs if job.scheduled_at is None or job.scheduled_at <= now]


def work(now):
    """Run every job due at that moment once, as the worker does."""
    for job in waiting_jobs(now):
        actions.attempt_delivery(delivery_id=job.args["delivery_id"], now=now)
        _finish(job)


def _finish(job):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where id = %s", [job.pk])


def delivery(channel):
    return models.Delivery.objects.get(channel=channel)


def go_wrong(channel, *faults):
    models.SimulatedFault.objects.bulk_create(models.SimulatedFault(channel=channel, kind=fault) for fault in faults)

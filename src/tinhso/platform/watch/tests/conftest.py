"""A small commune with people in its posts, the words of a warning, and a rule of each kind."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import NoticeText, read_packs
from tinhso.platform.cases import queries
from tinhso.platform.cases.tests.conftest import COMMUNE, load_trial_procedures, make_units
from tinhso.platform.notices.actions import load_notice_texts
from tinhso.platform.people import actions as people
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.watch import actions

START = datetime(2025, 7, 1, tzinfo=UTC)
WORDS = NoticeText(
    "", in_app=Text("{code}: {reasons}, {unit}, {due} {link}", "{code}: {reasons}, {unit}, {due} {link}")
)
TEXTS = {"name": {"vi": "Cảnh báo", "en": "Warning"}, "advice": {"vi": "Xem lại.", "en": "Look."}, "source": "thử"}
Table = dict[str, object]


def table(code: str, looks_at: str, **measures: object) -> Table:
    return {"code": code, "looks_at": looks_at, "valid_from": "2025-07-01", **TEXTS, **measures}


@pytest.fixture
def watched(db) -> Iterator[Callable[..., None]]:
    """Loads rules of warning for a commune whose handler and leader are told of things."""
    make_units()
    load_trial_procedures()
    load_notice_texts(texts={"watch.case.warned": WORDS, "watch.unit.warned": WORDS})
    apps.get_app_config("people").load_packs(read_packs(settings.PACKS_ROOT, ["national"]), START)
    for name, role in (("Nông Văn Thắng", "handler"), ("Hoàng Văn Kiên", "leader")):
        made = people.register_officer(name=name, sign_in_name=role, unit_key=COMMUNE, actor=SYSTEM, now=START)
        people.appoint(officer_code=made.code, unit_key=COMMUNE, role=role, valid_from=START, actor=SYSTEM, now=START)

    def load(*tables: Table) -> None:
        actions.load_rules(tables=tables, now=START)

    yield load
    queries.forget_procedures()

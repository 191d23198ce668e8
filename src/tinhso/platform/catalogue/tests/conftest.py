"""The shipped words and procedures, records made up for a test, and the portal's whole catalogue where its file is there."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import translation

from tinhso.kernel.packs import read_packs
from tinhso.platform.catalogue import actions, queries
from tinhso.platform.catalogue.adapters import CatalogueFile, read_file
from tinhso.platform.people.rules import SYSTEM, Actor, Post

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
LATER = NOW + timedelta(days=30)
UNIT = "90@2025-07-01"
LAN = Actor("officer:lan", "officer", "Hoàng Thị Lan", (Post(UNIT, "controller"),))
CLERK = Actor("officer:hoa", "officer", "Lộc Thị Hoa", (Post(UNIT, "clerk"),))
RECORD: dict[str, Any] = {
    "code": "9.000001",
    "name": "Cấp giấy phép nuôi ong lấy mật",
    "sector": "Chăn nuôi",
    "levels": ["commune"],
    "decision": "1/QĐ-TEST",
    "who": ["Công dân Việt Nam"],
    "channels": [
        {"channel": "online", "limit": 5.0, "unit": "working_day", "fee": 20000, "currency": "VND", "note": "", "warnings": []},
        {"channel": "counter", "limit": 5.0, "unit": "working_day", "fee": 20000, "currency": "VND", "note": "", "warnings": []},
    ],
    "papers": [{"group": None, "name": "Đơn đề nghị", "originals": 1, "copies": 0}],
    "results": [{"name": "Giấy phép nuôi ong", "code": "KQ.G12"}],
    "source_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
}  # fmt: skip
needs_the_file = pytest.mark.skipif(not settings.CATALOGUE_FILE.is_file(), reason="the portal's file is not there")


def record(code: str = "9.000001", **changes: Any) -> dict[str, Any]:
    """A record without faults, with something changed; `channels__0__fee` changes a field of the first channel."""
    made = copy.deepcopy(RECORD) | {"code": code, "source_url": f"{RECORD['source_url']}/{code}"}
    for key, value in changes.items():
        if key.startswith("channels__"):
            _, number, field = key.split("__")
            made["channels"][int(number)][field] = value
        else:
            made[key] = value
    return made


def file_of(*records: dict[str, Any], name: str = "test.jsonl") -> CatalogueFile:
    return CatalogueFile(name, "0" * 64, {each["code"]: each for each in records})


def take_up(*records: dict[str, Any], now: datetime = NOW, accept_vanished: bool = True) -> Any:
    return actions.import_records(file=file_of(*records), accept_vanished=accept_vanished, actor=SYSTEM, now=now)


@pytest.fixture(autouse=True)
def in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def words(db: None) -> None:
    """The everyday words and life events of the shipped packs."""
    load_shipped("catalogue")


shipped_packs = cache(lambda: read_packs(settings.PACKS_ROOT, ["lang-son"]))


def load_shipped(*labels: str) -> None:
    for label in labels:
        apps.get_app_config(label).load_packs(shipped_packs(), NOW)


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything: the shipped packs and all records of the portal, once for the tests of a file; gone afterwards."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        load_shipped("cases", "catalogue")
        actions.import_records(file=read_file(settings.CATALOGUE_FILE), actor=SYSTEM, now=NOW)
        try:
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            queries.forget_index()

"""What one version of a report says, as the file that is signed with it, sent up and compared afterwards."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from tinhso.modules.government.reporting.models import Parcel, Report, SignedFile, SimulatedParcel, Version
from tinhso.modules.government.reporting.queries.reading import ReportView, coverage_of, view_of
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules.filling import (
    DERIVED,
    EMPTY,
    SUMMED,
    WORKED_OUT,
    Entry,
    read_content,
    values_of,
)
from tinhso.modules.government.reporting.rules.powers import units_seen
from tinhso.modules.government.reporting.rules.sending import REFUSED, WAITING, written
from tinhso.modules.government.reporting.rules.sheets import text_of
from tinhso.modules.government.reporting.rules.templates import Cell
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.rules import canonical
from tinhso.platform.people.rules import Actor

MOST_LISTED = 100
CONTENT_FORMAT = "tinhso.report.content/1"


class Altered(Exception):
    """What is kept of a version is no longer what was signed; nothing goes on with it."""

    vi = "Nội dung đang lưu của bản này không còn khớp với bản đã ký nên không dùng được. Hãy báo quản trị viên."
    en = "What is kept of this version is no longer what was signed, so it is not used. Tell the administrator."


def content_of(view: ReportView, version: Version, *, signer: Actor, now: datetime) -> dict[str, Any]:
    """Everything that version says, with where each value comes from; what is signed is these words."""
    row, regime = view.row, view.regime
    entries = read_content(version.content)
    values = values_of(view.template, entries)
    told: dict[str, Any] = {
        "format": CONTENT_FORMAT,
        "report": row.public_id,
        "version": version.number,
        "regime": {"code": regime.code, "version": regime.version.isoformat(), "name": regime.name.vi, "form": regime.form},
        "period": {"code": row.period, "from": row.start_on.isoformat(), "to": row.cut_off_on.isoformat()},
        "unit": {"key": row.unit_key, "name": name_of(row.unit_key)},
        "receiver": {"key": row.receiver_key, "name": name_of(row.receiver_key) if row.receiver_key else ""},
        "due_at": row.due_at.isoformat(),
        "made_at": now.isoformat(),
        "signer": {"code": signer.code, "name": signer.name},
        "reason": version.reason,
        "cells": {
            key: _cell(cell, view.template.name_of(key), entries.get(key, EMPTY), text_of(values.get(key)), is_summed=row.is_summed)
            for key, cell in view.template.cells.items()
            if key in values
        },
    }  # fmt: skip
    if row.is_summed:
        coverage = coverage_of(row, version.summed_from)
        told["coverage"] = {"present": coverage.present, "total": coverage.total, "missing": list(coverage.missing)}
        told["summed_from"] = dict(version.summed_from)
    return told


def _cell(cell: Cell, name: str, entry: Entry, value: str, *, is_summed: bool) -> dict[str, str]:
    found = DERIVED if entry.typed is None else entry.provenance
    provenance = WORKED_OUT if cell.formula else SUMMED if is_summed and found == DERIVED else found
    told = {"name": name, "value": value, "unit": cell.unit.vi, "provenance": provenance, "note": entry.note}
    if entry.is_overridden:
        told |= {"system_value": text_of(entry.derived), "reason": entry.reason}
    if entry.as_of:
        told["as_of"] = entry.as_of
    return {name: part for name, part in told.items() if part}


def find_signed(report: Report, number: int) -> SignedFile | None:
    """The signed paper of that version, or None."""
    return report.signed_files.filter(number=number).first()


def read_signed(report: Report, number: int) -> tuple[dict[str, Any], bytes]:
    """
    The content and the signed PDF of that version, after everything was compared: the rows, the files, the hash in each.

    :raises Altered: a value changed since it was signed, or a file is not the one that was signed
    :raises SignedFile.DoesNotExist: that version was never signed
    """
    signed = report.signed_files.get(number=number)
    version = report.versions.get(number=number)
    content_file, pdf = _bytes(signed.content_sha256), _bytes(signed.pdf_sha256)
    content = _object(content_file)
    if not _is_said_by(version, content, view_of(report)):
        raise Altered
    return content, pdf


def _is_said_by(version: Version, content: Mapping[str, Any], view: ReportView) -> bool:
    """Whether the row of a version still says what the signed content says."""
    if sha256(canonical(version.content).encode()).hexdigest() != version.content_sha256:
        return False
    values = values_of(view.template, read_content(version.content))
    said = {key: cell["value"] for key, cell in content["cells"].items() if "value" in cell}
    ours = {key: text for key, value in values.items() if (text := text_of(value))}
    return said == ours and content["version"] == version.number


def _bytes(digest: str) -> bytes:
    """A file of ours, whole. :raises Altered: it is gone, or is not the one of that hash"""
    try:
        with open_file(digest) as stream:
            found = stream.read()
    except FileNotFoundError as missing:
        raise Altered from missing
    if sha256(found).hexdigest() != digest:
        raise Altered
    return found


def _object(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    if written(found) != content:
        raise Altered
    return found


def list_parcels(report: Report) -> list[Parcel]:
    """What of this report went up or is to go, the latest first."""
    return list(report.parcels.select_related("report").order_by("-number"))


def list_outbox(actor: Actor) -> list[Parcel]:
    """What of the units this actor sees went up or waits to, the latest first."""
    rows = Parcel.objects.filter(report__unit_key__in=units_seen(actor)).select_related("report")
    return list(rows.order_by("-ordered_at", "-pk")[:MOST_LISTED])


def list_simulated() -> list[SimulatedParcel]:
    """What the simulated receiver holds, the latest first."""
    return list(SimulatedParcel.objects.order_by("-received_at", "-pk")[:MOST_LISTED])


def count_parcels() -> tuple[int, int]:
    """How many parcels wait to go up, and how many were refused."""
    states = Parcel.objects.filter(state__in=(WAITING, REFUSED)).values_list("state", flat=True)
    return sum(state == WAITING for state in states), sum(state == REFUSED for state in states)

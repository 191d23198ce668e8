"""The simulated portal of the demonstration: what it keeps, what it files, how it hands things in to us."""

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from django.conf import settings
from django.urls import reverse
from PIL import Image, ImageDraw

from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.adapters.shelves import TableShelves
from tinhso.modules.government.portal_link.adapters.simulator import DOSSIERS, Catalogue, Simulator
from tinhso.modules.government.portal_link.rules.incoming import WITHDRAWAL, signature_of
from tinhso.modules.government.portal_link.rules.states import (
    PROGRESS,
    REGISTERED,
    SUPPLEMENT_REQUIRED,
    WHOLE,
    WITHDRAWAL_REQUESTED,
)
from tinhso.modules.government.portal_link.rules.wire import Attachment, Progress, Supplement, Whole
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.people.adapters.demonstration import read_places
from tinhso.platform.units.queries import get_agency_code, list_with_agency

SECONDS: Final = 10
OWN_AGENCY: Final = "000.00.00.G22"
UNKNOWN_PROCEDURE, NO_ANSWERS = "unknown_procedure", "no_answers"
PAPER = "giay-chung-sinh.png"
NUMBERS: Final = "number"


class NothingToFile(LookupError):
    """No chosen pack has a filing that could be made."""


def simulator() -> Simulator:
    """The portal that all processes of the demonstration share."""
    return Simulator(TableShelves(), find_exchange(), settings.NATIONAL_PORTAL["password"], _catalogue)


def is_own(portal_code: str) -> bool:
    """Whether a dossier was filed at the portal, as its code tells."""
    return portal_code.startswith(OWN_AGENCY)


def file_one(*, base: str, wrong: str, now: datetime) -> str:
    """
    File one of the packs' filings at the portal and hand it in at `base`; `wrong` spoils it on purpose.

    :returns: the portal's code of it
    :raises NothingToFile: the packs have none
    :raises OSError: it could not be handed in
    """
    portal, samples, places = simulator(), _samples(), read_places()
    if not samples or places is None:
        raise NothingToFile
    number = _next_number(portal)
    sample, on = samples[number % len(samples)], now.astimezone(VIETNAM).date()
    code = f"{OWN_AGENCY}-{on:%y%m%d}-{number:04}"
    address = f"{base}{reverse('portal_link:simulator')}papers/"
    whole = Whole(
        portal_code=code,
        procedure_code="9.999999" if wrong == UNKNOWN_PROCEDURE else sample["procedure"],
        holder_name=sample["holder"]["name"], holder_kind="1", holder_number=sample["holder"]["number"],
        email=sample["holder"]["email"], phone=sample["holder"]["phone"], title=sample["title"], state=str(REGISTERED),
        agency=get_agency_code(places[0], on),
        attachments=tuple(
            Attachment(f"{code}-{place}", paper["name"], paper["code"], address + paper["name"], "0")
            for place, paper in enumerate(sample["papers"])
        ),
    )  # fmt: skip
    row = portal.exchange.codec.to_wire(whole)
    portal.shelves.put(DOSSIERS, code, _believed(row, on.isoformat()))
    answers = {} if wrong == NO_ANSWERS else sample["answers"]
    hand_in(base=base, body={"service": WHOLE, "data": [{**row, portal.exchange.answers_name: answers}]}, now=now)
    return code


def follow_up(*, base: str, portal_code: str, kind: str, now: datetime) -> None:
    """
    Hand in what the filer adds to a dossier, or that they withdraw it.

    :raises LookupError: the portal knows no such dossier
    :raises OSError: it could not be handed in
    """
    portal = simulator()
    known = portal.shelves.find(DOSSIERS, portal_code)
    if known is None:
        raise LookupError(portal_code)
    codec = portal.exchange.codec
    if kind == WITHDRAWAL:
        words = "Tôi xin rút hồ sơ."
        step = Progress(portal_code=portal_code, acted_at=now, content=words, state=str(WITHDRAWAL_REQUESTED))
        hand_in(base=base, body={"service": PROGRESS, "data": [codec.to_wire(step)]}, now=now)
        return
    before = codec.from_wire(Whole, known["whole"])
    address = f"{base}{reverse('portal_link:simulator')}papers/{PAPER}"
    asked = before.supplements[-1].supplement_id if before.supplements else f"{portal_code}-1"
    row = codec.to_wire(
        Whole(
            portal_code=portal_code, procedure_code=before.procedure_code, holder_name=before.holder_name,
            state=str(SUPPLEMENT_REQUIRED), attachments=(Attachment("1", PAPER, "birth_proof", address, "0"),),
            supplements=(Supplement(asked, content="Tôi gửi lại bản chụp rõ hơn.", received_at=now, state="2"),),
        )
    )  # fmt: skip
    hand_in(base=base, body={"service": WHOLE, "data": [row]}, now=now)


def hand_in(*, base: str, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Call our own door as the portal does, signed. :raises OSError: it is shut"""
    content, moment = json.dumps(body, ensure_ascii=False).encode(), str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Portal-Moment": moment,
        "X-Portal-Signature": signature_of(settings.NATIONAL_PORTAL["incoming_secret"], moment, content),
    }
    request = Request(base + reverse("api:hand_in"), content, headers)  # noqa: S310 - our own address
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        found: dict[str, Any] = json.loads(answer.read())
    return found


def paper_called(name: str) -> bytes | None:
    """A picture that stands for a paper; None for a name that no filing has."""
    if name != PAPER:
        return None
    picture = Image.new("RGB", (900, 620), "#fbfaf6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((30, 30, 870, 590), outline="#8a1f1f", width=4)
    for line in range(9):
        pen.line((90, 150 + line * 45, 810 - (line % 3) * 90, 150 + line * 45), fill="#55524c", width=3)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _believed(row: Mapping[str, Any], on: str) -> dict[str, Any]:
    return {
        "whole": dict(row),
        "progress": [],
        "states": [REGISTERED],
        "sequences": [],
        "state": REGISTERED,
        "changed_on": on,
    }


def _next_number(portal: Simulator) -> int:
    with portal.shelves.alone_with(NUMBERS):
        number = int((portal.shelves.find(NUMBERS, "last") or {"value": 0})["value"]) + 1
        portal.shelves.put(NUMBERS, "last", {"value": number})
    return number


def _samples() -> list[dict[str, Any]]:
    paths = [Path(settings.PACKS_ROOT) / pack.strip() / "portal_filings.toml" for pack in settings.PACKS]
    return [
        row for path in paths if path.is_file() for row in tomllib.loads(path.read_text(encoding="utf-8"))["filing"]
    ]


def _catalogue() -> Catalogue:
    from tinhso.platform.clock import now

    on = now().astimezone(VIETNAM).date()
    procedures = list_procedures(on)
    kinds = sorted({kind for each in procedures for kind in each.handled_by})
    agencies = [(get_agency_code(unit.key, on), unit.name) for unit in list_with_agency(on, kinds=kinds)]
    return Catalogue([(each.code, each.name.vi) for each in procedures], agencies)

"""The API of one's own papers: results issued to the person, to be shown again in the next filing."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from tinhso.modules.government.onestop.http.shapes import HeldPaperOut, RefusalOut
from tinhso.modules.government.onestop.queries.locker import Held, list_held
from tinhso.modules.government.onestop.rules.letters import written_code
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import SEE_LEVEL, Actor

router = Router(tags=["onestop"])
MOST = 2**63 - 1


@router.get(
    "", auth=signed_in, response={200: list[HeldPaperOut], 403: RefusalOut}, summary="Giấy tờ của tôi · My papers"
)
def list_papers(request: HttpRequest, before: int | None = None) -> Any:
    """
    Results issued to oneself, the newest first, twenty at a time; `before` is the `id` of the last one seen.

    Show one again when filing: `held` of `POST /dossiers`, by its `code`.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != "citizen" or actor.level < SEE_LEVEL:
        words = {
            "vi": "Cần định danh VNeID mức 1 mới xem được.",
            "en": "Looking at one's papers needs a VNeID identity of level 1.",
        }
        return Status(403, {"code": "level", "field": "", **words})
    last = before if before is not None and 0 < before <= MOST else None
    return Status(200, [_paper(each) for each in list_held(actor, now().astimezone(VIETNAM).date(), before=last)])


def _paper(held: Held) -> dict[str, Any]:
    issued = held.issued
    return {
        "id": held.row_id, "code": written_code(issued.code), "name": issued.name, "number": issued.number,
        "result_code": held.result_code, "agency": issued.unit_name, "issued_on": held.issued_on.isoformat(),
        "valid_to": issued.valid_to.isoformat() if issued.valid_to else None, "standing": issued.standing,
    }  # fmt: skip

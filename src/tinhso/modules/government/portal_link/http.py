"""The door by which the national portal hands things in: signed, kept at once, looked at afterwards."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Body, Router, Schema
from ninja.security import APIKeyHeader

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.rules.incoming import is_signed, read_arrivals
from tinhso.platform.clock import now

MOMENT_HEADER, SIGNATURE_HEADER = "X-Portal-Moment", "X-Portal-Signature"
MOST_AT_ONCE = 200


class SignedByPortal(APIKeyHeader):
    """HMAC-SHA256 of the moment (header X-Portal-Moment, seconds since 1970), a newline and the body; good for five minutes."""

    param_name = SIGNATURE_HEADER

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Whether the portal signed this; None for anybody else."""
        moment = request.headers.get(MOMENT_HEADER, "")
        secret = settings.NATIONAL_PORTAL["incoming_secret"]
        return is_signed(secret, moment, key or "", request.body, now()) or None


class Kept(Schema):
    """Under which id of ours a thing was kept."""

    MaTiepNhan: str


class Answer(Schema):
    """The answer in the portal's own form; "00" is done."""

    error_code: str
    message: str = ""
    result: list[Kept] = []


router = Router(tags=["portal_link"])


@router.post(
    "/incoming/",
    auth=SignedByPortal(),
    response={200: Answer, 413: Answer},
    summary="Cổng quốc gia chuyển hồ sơ, bổ sung, xin rút · The national portal hands in filings, supplements, withdrawals",
)
def hand_in(request: HttpRequest, body: Annotated[dict[str, Any], Body()]) -> Any:  # noqa: ARG001
    """Keep everything in the call, each once; the same again is answered with the id of the first time."""
    arrivals = read_arrivals(body)
    if len(arrivals) > MOST_AT_ONCE:
        return 413, Answer(error_code="03", message=f"tối đa {MOST_AT_ONCE} hồ sơ một lần")
    kept = actions.receive(arrivals=arrivals, now=now())
    return Answer(error_code="00", result=[Kept(MaTiepNhan=each) for each in kept])

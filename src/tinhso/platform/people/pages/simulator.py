"""The pages and end points of the VNeID simulator, under /simulators/vneid/, in demo only."""

import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.platform.clock import now
from tinhso.platform.people import rules
from tinhso.platform.people.adapters import simulator
from tinhso.platform.people.adapters.simulator import Grant, Refused
from tinhso.platform.people.adapters.vneid import PROVIDER_ID, SIMULATOR_PATH

CARRIED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")
FAULTS = {
    "": _("Bình thường"),
    "server_error": _("Máy chủ báo lỗi (500)"),
    "expired_code": _("Mã đã hết hạn"),
    "wrong_nonce": _("Trả lời cho câu hỏi khác (sai nonce)"),
    "wrong_signature": _("Chữ ký không đúng"),
    "other_person": _("Thông tin của người khác"),
}


def discovery(request: HttpRequest) -> HttpResponse:
    """The provider's description of itself."""
    return JsonResponse(simulator.discovery(_base(request)))


def keys(_request: HttpRequest) -> HttpResponse:
    """The public key."""
    return JsonResponse(simulator.public_keys())


@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """The page on which a person is chosen, and what follows from the choice."""
    asked = {name: (request.POST or request.GET).get(name, "") for name in CARRIED}
    if asked["client_id"] != settings.VNEID_CLIENT_ID or not _is_ours(request, asked["redirect_uri"]):
        return HttpResponseBadRequest("invalid_client")
    if request.method == "GET":
        return render(request, "people/simulator.html", _choices(asked))
    answer = {"state": asked["state"], **_decide(request, asked)}
    return HttpResponseRedirect(f"{asked['redirect_uri']}?{urlencode(answer)}")


def _choices(asked: dict[str, str]) -> dict[str, Any]:
    people = [
        {
            "value": person.personal_number,
            "text": person.name,
            "hint": _("Mức %(level)s · %(number)s")
            % {"level": person.level, "number": rules.masked_number(person.personal_number)},
        }
        for person in simulator.people()
    ]
    who = {"kind": "radios", "name": "number", "label": _("Bạn là ai?"), "options": people, "value": people[0]["value"]}
    faults = [{"value": value, "text": text} for value, text in FAULTS.items()]
    how = {"kind": "radios", "name": "fault", "label": _("VNeID trả lời ra sao?"), "options": faults, "value": ""}
    slow = {
        "kind": "text",
        "name": "seconds",
        "label": _("Chậm bao nhiêu giây?"),
        "inputmode": "numeric",
        "width": 2,
        "value": 0,
    }
    return {"asked": asked, "who": who, "how": how, "slow": slow}


def _decide(request: HttpRequest, asked: dict[str, str]) -> dict[str, str]:
    """The part of the answer that is the person's: a code, or the error of OAuth 2."""
    if request.POST.get("answer") != "allow":
        return {"error": "access_denied"}
    seconds, fault = request.POST.get("seconds", ""), request.POST.get("fault", "")
    try:
        person = simulator.person_of(request.POST.get("number", ""))
    except Refused as refusal:
        return {"error": str(refusal)}
    grant = Grant(
        personal_number=person.personal_number, client_id=asked["client_id"], redirect_uri=asked["redirect_uri"],
        nonce=asked["nonce"], challenge=asked["code_challenge"], fault=fault if fault in FAULTS else "",
        seconds=min(simulator.LONGEST_DELAY, int(seconds)) if seconds.isdecimal() else 0,
    )  # fmt: skip
    return {"code": simulator.write_code(grant)}


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Tokens for a code, to the server of the client."""
    told = {
        name: request.POST.get(name, "")
        for name in ("client_id", "client_secret", "code", "redirect_uri", "code_verifier")
    }
    try:
        grant = simulator.redeem_code(
            told["code"], client=(told["client_id"], told["client_secret"]), redirect_uri=told["redirect_uri"],
            verifier=told["code_verifier"],
        )  # fmt: skip
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    time.sleep(grant.seconds)
    if grant.fault == "server_error":
        return JsonResponse({"error": "server_error"}, status=500)
    tokens = {
        "access_token": simulator.write_access_token(grant),
        "id_token": simulator.write_id_token(grant, issuer=_base(request), now=now()),
        "token_type": "Bearer",
        "expires_in": simulator.TOKEN_SECONDS,
    }
    return JsonResponse(tokens, headers={"Cache-Control": "no-store"})


@csrf_exempt
def userinfo(request: HttpRequest) -> HttpResponse:
    """Who the person is, to the holder of an access token."""
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    try:
        claims = simulator.read_access_token(text if scheme == "Bearer" else "")
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=401)
    return JsonResponse(dict(claims), headers={"Cache-Control": "no-store"})


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri(SIMULATOR_PATH)


def _is_ours(request: HttpRequest, address: str) -> bool:
    """Whether codes may be sent there: to our own door on the host the browser came by, nowhere else."""
    parts = urlsplit(address)
    return (parts.netloc, parts.path) == (request.get_host(), reverse("openid_connect_callback", args=[PROVIDER_ID]))


urlpatterns = [
    path(".well-known/openid-configuration", discovery, name="simulator_discovery"),
    path("jwks/", keys, name="simulator_keys"),
    path("authorize/", authorize, name="simulator_authorize"),
    path("token/", token, name="simulator_token"),
    path("userinfo/", userinfo, name="simulator_userinfo"),
]

"""The simulated registers of a demonstration: what they answer over HTTP, and a page on which they go wrong."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tinhso.platform.clock import now
from tinhso.platform.registers.adapters import simulator
from tinhso.platform.registers.ports import Refused, Unreachable
from tinhso.platform.registers.rules import REGISTERS

SAID = {
    "": _("Bình thường"),
    simulator.AWAY: _("Không trả lời"),
    simulator.SLOW: _("Trả lời rất chậm"),
    simulator.OTHER: _("Trả lời về người khác"),
    simulator.GARBLED: _("Trả lời sai khuôn dạng"),
    simulator.TOO_MUCH: _("Trả lời cả điều không hỏi"),
    simulator.REFUSES: _("Từ chối"),
}


def faults(request: HttpRequest) -> HttpResponse:
    """Choose what goes wrong at which register."""
    if request.method == "POST":
        for each in REGISTERS:
            simulator.choose_fault(each.code, request.POST.get(each.code, ""))
        return HttpResponseRedirect(reverse("registers:simulator"))
    options = [{"value": value, "text": text} for value, text in SAID.items()]
    fields = [
        {
            "name": each.code, "kind": "select", "label": each.name.in_language(request.LANGUAGE_CODE),
            "options": options, "value": simulator.fault_of(each.code),
        }
        for each in REGISTERS
    ]  # fmt: skip
    return render(request, "registers/simulator.html", {"fields": fields})


@csrf_exempt
@require_POST
def answer_question(request: HttpRequest, code: str) -> HttpResponse:
    """One service of a register, as the exchange platform passes it on."""
    if not request.headers.get("X-Road-Client"):
        return JsonResponse({"type": "Client.MissingHeader"}, status=400)
    try:
        body = json.loads(request.body)
        found = simulator.simulated(code).answer(body, now().date())
    except Unreachable:
        return JsonResponse({"type": "Server.NetworkError"}, status=503)
    except (Refused, KeyError, ValueError, AttributeError) as problem:
        return JsonResponse({"reason": str(problem)}, status=403)
    answer = JsonResponse(found)
    answer["X-Road-Id"] = request.headers.get("X-Road-Id", "")
    return answer


urlpatterns = (
    [
        path("simulators/registers/", faults, name="simulator"),
        path("simulators/registers/r1/VN/GOV/demo/<slug:code>/ask", answer_question),
    ]
    if settings.DEMO or settings.DEBUG
    else []
)

"""How quickly a burst drains, and that a worker killed in the middle loses nothing: with the real jobs' way of sending."""

import os
import signal
import subprocess
import sys
import time
from random import Random
from time import perf_counter

import pytest

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters.direct import Direct
from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.adapters.wire_portal import Account, WirePortal
from tinhso.modules.government.portal_link.models import Dossier, Message
from tinhso.modules.government.portal_link.rules.states import PROGRESS, WHOLE
from tinhso.modules.government.portal_link.rules.wire import Progress, Whole

from .conftest import FRIDAY, make_simulator

MESSAGES, DOSSIERS, LATENCY = 2000, 250, 0.020


def burst(messages: int, dossiers: int) -> None:
    """So many messages of so many dossiers, each one's first the whole of it."""
    codec, each = find_exchange().codec, messages // dossiers
    rows = [
        Dossier(
            case_public_id=f"TS-{number}", portal_code=f"H90.01-261120-{number:04}", unit_key="90001@2025-07-01",
            procedure_code="9.000001", states=[2, 4], last_sequence=each, next_try_at=FRIDAY, changed_at=FRIDAY,
        )
        for number in range(dossiers)
    ]  # fmt: skip
    waiting = []
    for dossier in Dossier.objects.bulk_create(rows):
        whole = Whole(portal_code=dossier.portal_code, procedure_code="9.000001", holder_name="Mai", state="2")
        step = Progress(portal_code=dossier.portal_code, content="Bước", state="4")
        told = [(WHOLE, whole), *[(PROGRESS, step)] * (each - 1)]
        waiting += [
            Message(dossier=dossier, sequence=number, call=call, content=codec.to_wire(record), written_at=FRIDAY)
            for number, (call, record) in enumerate(told, start=1)
        ]
    Message.objects.bulk_create(waiting)


class Slow(Direct):
    """A portal twenty milliseconds away."""

    def post(self, path, body, headers):
        time.sleep(LATENCY)
        return super().post(path, body, headers)


@pytest.mark.slow
def test_a_burst_of_two_thousand_messages_drains_at_fifty_a_second(db):
    burst(MESSAGES, DOSSIERS)
    simulator = make_simulator()
    portal = WirePortal(Slow(simulator, lambda: FRIDAY), Account("tinhso", "secret", "", ""), simulator.exchange)
    begun = perf_counter()
    while actions.send_round(portal=portal, random=Random(1), now=FRIDAY).delivered:
        pass
    rate = MESSAGES / (perf_counter() - begun)

    assert Message.objects.filter(state=Message.DELIVERED).count() == MESSAGES
    assert {tuple(known["sequences"]) for _, known in simulator.believed()} == {tuple(range(1, 9))}
    assert rate >= 50, f"{rate:.0f} a second"


SENDER = """
import os, sys
import django
django.setup()
from random import Random
from django.conf import settings
from django.db import connections
from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters.http import HttpTransport
from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.adapters.wire_portal import Account, WirePortal
from tinhso.platform.clock import now
account = Account("tinhso", "secret", "", "")
portal = WirePortal(HttpTransport(sys.argv[1], seconds=5), account, find_exchange())
print("ready", flush=True)
while True:
    done = actions.send_round(portal=portal, random=Random(1), most=8, now=now())
    if not done.delivered:
        break
print("done", flush=True)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_senders_killed_in_the_middle_and_two_at_once_lose_nothing_and_double_nothing(live_server, settings):
    from django.db import connection

    settings.NATIONAL_PORTAL = {**settings.NATIONAL_PORTAL, "password": "secret"}
    burst(120, 30)
    known = connection.settings_dict
    address = (
        f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={known['HOST']}&port={known['PORT']}"
    )
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tinhso.host.settings"}
    command = [sys.executable, "-c", SENDER, live_server.url + "/simulators/national-portal"]
    for patience in (0.15, 0.3):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as sender:
            assert sender.stdout.readline() == "ready\n"
            time.sleep(patience)
            sender.send_signal(signal.SIGKILL)
        Dossier.objects.filter(next_try_at__isnull=False).update(next_try_at=FRIDAY)  # the leases are over
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [sender.communicate(timeout=60)[0] for sender in both]

    from tinhso.modules.government.portal_link.adapters import demonstration

    assert said == ["ready\ndone\n"] * 2
    assert not Message.objects.exclude(state=Message.DELIVERED).exists()
    believed = demonstration.simulator().believed()
    assert len(believed) == 30
    assert {tuple(known["sequences"]) for _, known in believed} == {(1, 2, 3, 4)}

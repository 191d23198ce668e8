"""The real gateways, each spoken to over a socket by a small server that answers as it is told."""

import json
import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tinhso.platform.notices.adapters.email import SmtpGate
from tinhso.platform.notices.adapters.http import SmsGateway, ZaloGateway
from tinhso.platform.notices.adapters.simulator import SimulatedGate
from tinhso.platform.notices.models import SimulatedFault
from tinhso.platform.notices.ports import Letter
from tinhso.platform.outside import Refused, Unreachable

LETTER = Letter(
    key="notice-1/sms",
    to="84912345678",
    kind="cases.dossier.accepted",
    subject="Hồ sơ đã tiếp nhận",
    body="Ho so da duoc tiep nhan",
    sent_at=datetime(2026, 11, 23, tzinfo=UTC),
    fields={"code": "H37.15-261123-0042"},
)
NOWHERE = "http://127.0.0.1:9/"


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def http_gateway(status, answer):
    """A gateway with that one answer; `asked` holds what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.asked.append((dict(self.headers), json.loads(content)))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    with serving(server):
        server.address = f"http://127.0.0.1:{server.server_address[1]}/send"
        yield server


def sms(address):
    return SmsGateway(address=address, token="t0ken", sender="UBND Lang Son")


def zalo(address):
    return ZaloGateway(address=address, token="t0ken", templates={"cases.dossier.accepted": "123456"})


def test_a_text_message_carries_address_words_and_key():
    with http_gateway(200, {"id": 42}) as server:
        assert sms(server.address).send(LETTER) == "42"

    headers, content = server.asked[0]
    assert headers["Authorization"] == "Bearer t0ken"
    assert content == {"to": LETTER.to, "text": LETTER.body, "sender": "UBND Lang Son", "key": LETTER.key}


def test_a_key_the_gateway_knows_is_a_message_that_arrived():
    with http_gateway(409, {"id": "first"}) as server:
        assert sms(server.address).send(LETTER) == "first"


def test_zalo_is_given_the_registered_template_and_its_values():
    with http_gateway(200, {"error": 0, "data": {"msg_id": "z-7"}}) as server:
        assert zalo(server.address).send(LETTER) == "z-7"

    headers, content = server.asked[0]
    assert {name.lower(): value for name, value in headers.items()}["access_token"] == "t0ken"
    assert content["template_id"] == "123456"
    assert content["template_data"] == {"code": "H37.15-261123-0042"}
    assert content["tracking_id"] == LETTER.key


def test_a_kind_without_a_registered_template_is_refused_before_anything_is_sent():
    with pytest.raises(Refused, match="no template"):
        ZaloGateway(address=NOWHERE, token="", templates={}).send(LETTER)


@pytest.mark.parametrize("make", [sms, zalo])
@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        (400, {}, Refused),
        (404, {}, Refused),
        (429, {}, Unreachable),
        (500, {}, Unreachable),
        (503, b"<html>", Unreachable),
        (200, b"<html>", Unreachable),
        (200, b"[]", Unreachable),
    ],
)
def test_what_may_pass_is_tried_again_and_what_will_not_is_given_up(make, status, answer, outcome):
    with http_gateway(status, answer) as server, pytest.raises(outcome):
        make(server.address).send(LETTER)


@pytest.mark.parametrize(("error", "outcome"), [(-115, Unreachable), (-118, Refused)])
def test_zalo_says_its_errors_inside_a_good_answer(error, outcome):
    with http_gateway(200, {"error": error, "message": "no"}) as server, pytest.raises(outcome):
        zalo(server.address).send(LETTER)


@pytest.mark.parametrize("make", [sms, zalo])
def test_a_gateway_that_is_not_there_is_tried_again(make):
    with pytest.raises(Unreachable):
        make(NOWHERE).send(LETTER)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org", "gateway.example.org"])
def test_only_web_addresses_are_gateways(address):
    with pytest.raises(ValueError, match="no address"):
        sms(address)


@contextmanager
def smtp_server(answer_to_recipient):
    """A mail server that answers RCPT so; `letters` holds what it took."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(" ")[0].upper()
                if verb == "DATA":
                    self.take_letter()
                else:
                    self.say(answer_to_recipient if verb == "RCPT" else "250 ok" if verb != "QUIT" else "221 bye")
                if verb == "QUIT":
                    return

        def say(self, words):
            self.wfile.write(words.encode() + b"\r\n")

        def take_letter(self):
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            self.server.letters.append(b"".join(lines).decode())
            self.say("250 taken")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.letters = []
    with serving(server):
        yield server


@pytest.fixture
def mail(settings):
    def use(server):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.EMAIL_USE_TLS = False
        return SmtpGate("Cổng dịch vụ số <khong-tra-loi@langson.example>")

    return use


def to_mai(key="notice-1/email"):
    return Letter(key, "mai@example.org", "k", "Hồ sơ đã tiếp nhận", "Chào Mai", datetime(2026, 11, 23, tzinfo=UTC))


def test_a_letter_goes_out_by_smtp_and_its_copies_bear_one_number(mail):
    with smtp_server("250 ok") as server:
        gate = mail(server)
        first, second, other = gate.send(to_mai()), gate.send(to_mai()), gate.send(to_mai("notice-2/email"))

    assert first == second != other
    assert len(server.letters) == 3
    assert "To: mai@example.org" in server.letters[0]
    assert f"Message-ID: {first}" in server.letters[0]


@pytest.mark.parametrize(("answer", "outcome"), [("550 no such user", Refused), ("421 later", Unreachable)])
def test_a_mail_server_refuses_for_good_or_for_now(mail, answer, outcome):
    with smtp_server(answer) as server, pytest.raises(outcome):
        mail(server).send(to_mai())


def test_a_mail_server_that_is_not_there_is_tried_again(mail):
    with smtp_server("250 ok") as server:
        gate = mail(server)
    with pytest.raises(Unreachable):
        gate.send(to_mai())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "outcome"), [("timeout", Unreachable), ("refusal", Refused), ("lost_answer", Unreachable)]
)
def test_the_simulator_fails_as_the_real_ones_do_and_only_once(fault, outcome):
    SimulatedFault.objects.create(channel="sms", kind=fault)
    gate = SimulatedGate("sms")
    with pytest.raises(outcome):
        gate.send(LETTER)

    assert gate.send(LETTER) == gate.send(LETTER)

"""What leaves the actions was verified, and is remembered."""

from dataclasses import dataclass
from hashlib import sha256

import pytest

from tinhso.platform.signing import actions, queries
from tinhso.platform.signing.adapters.pades import LocalProvider
from tinhso.platform.signing.models import SignatureRecord
from tinhso.platform.signing.rules import CannotSign
from tinhso.platform.signing.tests.conftest import COMMUNE, LEADER, NOW

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Officer:
    code: str


CLERK, CHAIRMAN = Officer("officer:van-thu"), Officer(LEADER.code)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path


def sign(pdf):
    return actions.sign_pdf(pdf=pdf, signer=LEADER, unit=COMMUNE, reason="Ký giấy", actor=CHAIRMAN, now=NOW)


def seal(pdf):
    return actions.seal_pdf(pdf=pdf, unit=COMMUNE, reason="Phát hành", actor=CLERK, now=NOW)


def test_a_signature_is_verified_and_recorded(unsigned):
    made = sign(unsigned)
    record = SignatureRecord.objects.get()

    assert queries.verify_pdf(made.pdf).valid
    assert made.sha256 == sha256(made.pdf).hexdigest() == record.sha256_after
    assert record.sha256_before == sha256(unsigned).hexdigest()
    assert (record.signer_code, record.actor_code, record.unit_key) == (LEADER.code, LEADER.code, COMMUNE.key)
    assert record.certificate_serial == made.certificate_serial
    assert record.signed_at == made.signed_at == NOW
    assert record.verdict["valid"] is True


def test_the_clerk_seals_what_the_leader_signed(unsigned):
    made = seal(sign(unsigned).pdf)

    assert queries.verify_pdf(made.pdf).valid
    assert [row.capacity for row in queries.list_signatures(made.sha256)] == ["seal"]
    assert SignatureRecord.objects.get(capacity="seal").actor_code == CLERK.code


def test_nobody_signs_in_the_name_of_somebody_else(unsigned):
    with pytest.raises(CannotSign, match="chính mình"):
        actions.sign_pdf(pdf=unsigned, signer=LEADER, unit=COMMUNE, reason="Ký giấy", actor=CLERK, now=NOW)
    assert not SignatureRecord.objects.exists()


def test_nothing_is_sealed_that_no_leader_signed(unsigned):
    with pytest.raises(CannotSign, match="Chỉ đóng dấu"):
        seal(unsigned)


def test_nothing_is_sealed_that_changed_since_the_leader_signed(unsigned):
    with pytest.raises(CannotSign, match="Chỉ đóng dấu"):
        seal(sign(unsigned).pdf + b"\n")


def test_a_provider_that_returns_a_broken_signature_is_found_out(unsigned, monkeypatch):
    honest = LocalProvider.sign
    monkeypatch.setattr(LocalProvider, "sign", lambda self, request: honest(self, request).replace(b"/Rect", b"/rect"))

    with pytest.raises(CannotSign, match="không kiểm tra được"):
        sign(unsigned)
    assert not SignatureRecord.objects.exists()


def test_a_token_stamped_here_is_verified_here():
    digest = sha256(b"anything").digest()

    assert queries.verify_token(actions.stamp_digest(digest=digest, now=NOW), digest) == NOW


def test_keys_of_ones_own_are_named_outside_a_demonstration(settings):
    from django.apps import apps

    settings.DEMO = False
    assert [found.level for found in apps.get_app_config("signing").examine(NOW)] == ["warning"]
    settings.DEMO = True
    assert [found.level for found in apps.get_app_config("signing").examine(NOW)] == ["well"]

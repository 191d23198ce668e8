"""A time-stamp swears to one digest and one moment, and anybody with the root can check it."""

import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.platform.ledger.ports import authority as authority_of_the_ledger
from tinhso.platform.signing.tests.conftest import NOW, make_provider

DIGEST = sha256(b"a seal of the ledger").digest()


@pytest.fixture(scope="module")
def authority(provider):
    return provider.authority


@pytest.fixture(scope="module")
def token(authority):
    return authority.token(DIGEST, NOW)


def test_a_token_swears_to_the_moment_it_was_asked_for(authority, token):
    assert authority.moment(token, DIGEST) == NOW


def test_a_token_says_nothing_about_another_digest(authority, token):
    with pytest.raises(ValueError, match="not over this digest"):
        authority.moment(token, sha256(b"another").digest())


@settings(max_examples=300, deadline=None)
@given(place=st.floats(min_value=0, max_value=1, exclude_max=True), bit=st.integers(0, 7))
def test_flipping_any_bit_of_a_token_is_refused(authority, token, place, bit):
    changed = bytearray(token)
    changed[int(place * len(changed))] ^= 1 << bit

    with pytest.raises(ValueError, match="token"):
        authority.moment(bytes(changed), DIGEST)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_bytes_are_no_token(authority, noise):
    with pytest.raises(ValueError, match="token"):
        authority.moment(noise, DIGEST)


def test_another_authoritys_token_is_refused(tmp_path, authority):
    stranger = make_provider(tmp_path).authority

    with pytest.raises(ValueError, match="not of this authority"):
        authority.moment(stranger.token(DIGEST, NOW), DIGEST)


def test_a_leaders_certificate_cannot_swear_to_the_time(provider, monkeypatch):
    from tinhso.platform.signing.adapters.certificates import signer_name
    from tinhso.platform.signing.tests.conftest import COMMUNE, LEADER

    leader = provider.store.signing_key(signer_name(LEADER, COMMUNE), NOW)
    monkeypatch.setattr(provider.store, "time_stamp_key", lambda _now: leader)

    with pytest.raises(ValueError, match="not of this authority"):
        provider.authority.moment(provider.authority.token(DIGEST, NOW), DIGEST)


def test_only_a_sha256_digest_is_stamped(authority):
    with pytest.raises(ValueError, match="no SHA-256"):
        authority.token(b"short", NOW)


def test_the_ledger_has_its_seals_stamped_here(tmp_path, settings):
    settings.KEYS_ROOT = tmp_path
    used = authority_of_the_ledger()
    before = datetime.fromtimestamp(time.time() - 1, UTC)
    token = used.stamp(DIGEST)

    assert before <= used.verify(token, DIGEST) <= before + timedelta(seconds=30)
    with pytest.raises(ValueError, match="not over this digest"):
        used.verify(token, sha256(b"another").digest())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_believes_the_token_given_the_root_alone(tmp_path, provider, token):
    (tmp_path / "token.tst").write_bytes(token)
    (tmp_path / "root.pem").write_bytes(provider.store.root(NOW).certificate.public_bytes(Encoding.PEM))
    checked = subprocess.run(
        ["openssl", "ts", "-verify", "-digest", DIGEST.hex(), "-in", "token.tst", "-token_in", "-CAfile", "root.pem",
         "-attime", str(int(NOW.timestamp()))],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "Verification: OK" in checked.stdout + checked.stderr

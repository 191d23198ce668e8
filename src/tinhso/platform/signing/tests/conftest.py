"""A key store in a folder of its own, and a document with an area for the leader and one for the seal."""

from datetime import UTC, datetime

import pytest
import typst

from tinhso.platform.signing.adapters.keys import KeyStore
from tinhso.platform.signing.adapters.pades import LocalProvider
from tinhso.platform.signing.adapters.time_stamps import LocalAuthority
from tinhso.platform.signing.rules import Signer, SigningRequest, SigningUnit

NOW = datetime(2026, 11, 23, 8, 30, 15, tzinfo=UTC)
LEADER = Signer("officer:nong-van-hai", "Nông Văn Hải", "Chủ tịch Ủy ban nhân dân xã")
COMMUNE = SigningUnit("06211@2025-07-01", "Ủy ban nhân dân xã Tân Văn")
DOCUMENT = """
#set page(width: 148mm, height: 210mm)
= Giấy khai sinh
#link("https://example.org")[một liên kết thường]
#link("tinhso:field/leader", box(width: 60mm, height: 25mm))
#link("tinhso:field/seal", box(width: 30mm, height: 30mm))
"""


def make_provider(folder):
    store = KeyStore(folder)
    return LocalProvider(store=store, authority=LocalAuthority(store))


def request_for(pdf, *, capacity="leader", at=NOW, signer=LEADER):
    return SigningRequest(pdf, signer, COMMUNE, capacity, "Ký giấy khai sinh", at)


@pytest.fixture(scope="session")
def unsigned():
    return typst.compile(DOCUMENT.encode(), format="pdf", pdf_standards=["a-2b"])


@pytest.fixture(scope="session")
def provider(tmp_path_factory):
    return make_provider(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def signed(provider, unsigned):
    return provider.sign(request_for(unsigned))


@pytest.fixture(scope="session")
def sealed(provider, signed):
    return provider.sign(request_for(signed, capacity="seal", signer=Signer(COMMUNE.key, COMMUNE.name)))

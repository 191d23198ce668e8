"""What goes up: content in one writing, hashes that fit, a receipt only for what was sent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.government.reporting.rules.sending import (
    OddReceipt,
    Parcel,
    Receipt,
    key_of,
    read_parcel,
    read_receipt,
    receipt_as_json,
    wait_after,
    written,
)

CONTENT = {
    "report": "BC-20-2026-11",
    "version": 2,
    "cells": [{"row": "received", "value": "1684.5"}],
    "unit": "Lạng Sơn",
}
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_a_key_names_one_version_of_one_report():
    assert key_of("BC-20-2026-11", 2) == "BC-20-2026-11/v2"
    for report, version in (("BC 20", 1), ("BC-20", 0), ("", 1)):
        with pytest.raises(ValueError, match="is no key"):
            key_of(report, version)


@given(content=st.dictionaries(st.text(), JSON, min_size=1, max_size=5), pdf=st.binary(max_size=40))
def test_a_parcel_comes_out_of_the_wire_as_it_went_in(content, pdf):
    parcel = Parcel("BC-20-2026-11/v2", content, pdf)
    found = read_parcel(parcel.as_json())
    assert (found.key, written(found.content), found.signed_pdf) == (parcel.key, written(content), pdf)


def test_the_order_of_keys_makes_no_other_content():
    turned = dict(reversed(CONTENT.items()))
    assert Parcel("k", turned).content_sha256 == Parcel("k", CONTENT).content_sha256
    assert Parcel("k", CONTENT | {"version": 3}).content_sha256 != Parcel("k", CONTENT).content_sha256


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"format": "else"}, "format"),
        ({"key": "BC-20"}, "key"),
        ({"content": {}}, "content"),
        ({"content": CONTENT | {"version": 3}}, "content_sha256"),
        ({"signed_pdf": "AAAA"}, "signed_pdf_sha256"),
    ],
)
def test_a_parcel_that_was_changed_on_the_way_is_not_taken(changed, named):
    body = Parcel("BC-20-2026-11/v2", CONTENT, b"pdf").as_json() | changed
    with pytest.raises(ValueError, match=named):
        read_parcel(body)


def test_a_receipt_is_one_only_of_what_was_sent():
    receipt = Receipt("BN-2026-000001", NOON, "ab" * 32)
    body = receipt_as_json(receipt)
    assert read_receipt(body, "ab" * 32) == receipt
    for changed in ({"receipt": ""}, {"received_at": "hôm qua"}, {"received_at": "2026-11-20T05:00:00"}):
        with pytest.raises(OddReceipt):
            read_receipt(body | changed, "ab" * 32)
    with pytest.raises(OddReceipt, match="another content"):
        read_receipt(body, "cd" * 32)


def test_waiting_grows_and_then_goes_on_evenly():
    waits = [wait_after(tries) for tries in range(1, 9)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == waits[-2] == timedelta(hours=4)

"""Systems that report: regimes, what is owed, cells in one piece, the same request twice, closed doors."""

import json

import pytest

from tinhso.modules.government.reporting.models import Version
from tinhso.modules.government.reporting.tests.conftest import FIGURES
from tinhso.modules.government.reporting.tests.test_pages import client_of

API = "/api/v1/reports"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def put(client, address: str, body: dict, **headers: str):
    return client.put(address, json.dumps(body), content_type="application/json", headers=headers)


def cells(**more: str) -> list[dict]:
    return [{"key": f"{name}.value", "value": text, "reason": "sổ"} for name, text in {**FIGURES, **more}.items()]


def test_regimes_are_told_with_every_cell_and_where_they_were_read(province):
    client = client_of(province.filler)
    found = client.get(f"{API}/regimes").json()
    one = client.get(f"{API}/regimes/commune_digital").json()

    assert {each["code"] for each in found} == {
        "commune_digital", "procedures_settled", "digital_skills", "system_incident"
    }  # fmt: skip
    share = next(each for each in one["cells"] if each["key"] == "guided_share.value")
    assert share["formula"] == ["guided.value", "households.value"]
    assert one["sources"]
    assert client.get(f"{API}/regimes/nothing").status_code == 404


def test_a_system_saves_cells_and_submits_once(province):
    province.opens()
    client = client_of(province.leader)
    (owed,) = client.get(f"{API}/mine").json()
    address = f"{API}/{owed['id']}"
    body = {"revision": owed["revision"], "cells": cells()}
    first = put(client, f"{address}/cells", body, **{"Idempotency-Key": "a1"})
    again = put(client, f"{address}/cells", body, **{"Idempotency-Key": "a1"})

    assert first.json() == again.json() == {"id": owed["id"], "revision": 1}
    told = client.get(address).json()
    assert {each["key"]: each["value"] for each in told["cells"]}["guided_share.value"] == "25.0"
    assert [each for each in told["problems"] if not each["warning"]] == []
    for _ in range(2):
        done = client.post(f"{address}/submit", headers={"Idempotency-Key": "b1"})
        assert done.json() == {"id": owed["id"], "state": "submitted", "version": 1}
    assert Version.objects.count() == 1
    other = put(client, f"{address}/cells", {"revision": 1, "cells": []}, **{"Idempotency-Key": "a1"})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


def test_cells_are_kept_all_or_none_and_each_fault_is_named(province):
    province.opens()
    client = client_of(province.filler)
    row = province.report()
    body = {"revision": 0, "cells": cells(teams="nhiều", nothing="1")}
    answer = put(client, f"{API}/{row.public_id}/cells", body)

    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["problems"]} == {"teams.value", "nothing.value"}
    assert province.report().revision == 0


def test_what_was_read_before_somebody_saved_is_not_written_over(province):
    province.opens()
    row = province.report()
    province.types(row, villages="3")
    answer = put(client_of(province.leader), f"{API}/{row.public_id}/cells", {"revision": 0, "cells": cells()})

    assert (answer.status_code, answer.json()["code"]) == (409, "outdated")
    assert province.report().content["villages.value"]["typed"] == {"number": "3"}


def test_the_receiver_reads_sums_returns_and_approves(province):
    province.opens()
    row = province.hands_in()
    receiver = client_of(province.receiver)
    sums = receiver.get(f"{API}/{province.sum().public_id}/sums").json()
    assert (sums["present"], sums["total"], sums["missing"]) == (1, 3, ["Xã Thử 2", "Xã Thử 3"])
    assert {"key": "guided.value", "value": "250", "lacking": []} in sums["cells"]

    back = receiver.post(f"{API}/{row.public_id}/return", {"reasons": "sai"}, content_type="application/json")
    assert back.json()["state"] == "returned"
    assert receiver.post(f"{API}/{row.public_id}/approve").status_code == 409
    province.hands_in(guided="260")
    assert receiver.post(f"{API}/{row.public_id}/approve").json() == {
        "id": row.public_id, "state": "approved", "version": 2
    }  # fmt: skip


def test_others_and_strangers_are_turned_away(province, client):
    province.opens()
    row = province.report()

    assert client_of(province.other_filler).get(f"{API}/{row.public_id}").status_code == 403
    assert client_of(province.filler).post(f"{API}/{row.public_id}/submit").status_code == 403
    assert client_of(province.filler).get(f"{API}/TS-0000-0000-00").status_code == 404
    assert client.get(f"{API}/{row.public_id}").status_code == 401
    assert client.get(f"{API}/mine").status_code == 401

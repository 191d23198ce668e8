"""The API: what is told, a figure kept once however often it is sent, and refusals at their fields."""

import json

import pytest

from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.tests.conftest import FIGURE, NEW, OLD, PLAN, enter

API = "/api/v1/plans"
SENT = {**FIGURE, "value": "48.5"}


def send(client, body, path="/figures", **headers):
    return client.post(f"{API}{path}", json.dumps(body), content_type="application/json", headers=headers)


def test_texts_and_their_targets_are_told_with_their_counts(client, results):
    texts = {each["code"]: each for each in client.get(f"{API}/texts").json()}
    assert texts[PLAN]["counts"]["no_data"] == 9
    assert texts[PLAN]["issued_on"] == "2020-08-10"
    enter(value="48,5")

    sheet = client.get(f"{API}/texts/{PLAN}").json()

    found = {each["measure"]: each for each in sheet["targets"]}
    assert sheet["counts"]["missed"] == 1
    assert found["payment_accounts"] == {
        "code": f"{PLAN}.payment_accounts.all.2025",
        "measure": "payment_accounts",
        "unit": OLD,
        "level": "all",
        "due_on": "2025-12-31",
        "target": {"comparator": ">", "low": "50", "high": None},
        "state": "missed",
        "figure": {"comparator": "=", "low": "48.5", "high": None},
        "figure_on": "2025-12-31",
        "expected": None,
        "responsible": None,
    }
    assert found["digital_economy_share"]["figure"] is None
    assert client.get(f"{API}/texts/nope").status_code == 404


def test_figures_are_told_source_beside_source_with_every_word(client, results):
    enter(value="48,5")
    enter(value="47,9", announced_on="2026-06-30")
    enter(value="55", publisher="Ngân hàng")

    told = client.get(f"{API}/measures/payment_accounts?unit={NEW}&level=all").json()

    said = [(each["value"]["low"], each["is_used"], each["is_latest"]) for each in told["figures"]]
    assert sorted(said) == [("47.9", True, True), ("48.5", False, False), ("55", False, True)]
    assert client.get(f"{API}/measures/nope").status_code == 404
    assert len(client.get(f"{API}/measures/community_teams").json()["figures"]) == 2
    assert len(client.get(f"{API}/measures").json()) == 78


def test_a_figure_is_kept_once_however_often_it_is_sent(signed_in):
    client = signed_in()

    first = send(client, SENT, **{"Idempotency-Key": "k1"})
    again = send(client, SENT, **{"Idempotency-Key": "k1"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert send(client, SENT).status_code == 200
    assert send(client, {**SENT, "value": "50"}, **{"Idempotency-Key": "k1"}).status_code == 409
    assert Figure.objects.filter(origin="api").count() == 1


def test_a_refusal_names_each_field(signed_in):
    answer = send(
        signed_in(), {**SENT, "value": "x", "period": "2131", "measure": "dossiers_on_time", "announced_on": ""}
    )

    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["problems"]} == {"value", "period", "measure"}
    assert all(each["vi"] and each["en"] for each in answer.json()["problems"])


def test_numbers_are_plain_decimals(signed_in):
    client = signed_in()

    assert send(client, {**SENT, "value": "12.345"}).status_code == 201
    assert str(Figure.objects.get(origin="api").low) == "12.345000"
    assert send(client, {**SENT, "value": "NaN"}).status_code == 422
    assert send(client, {**SENT, "value": "\x00"}).status_code == 422


def test_strangers_and_receptionists_keep_nothing(client, signed_in):
    assert send(client, SENT).status_code == 401
    assert send(signed_in("receptionist"), SENT).status_code == 403
    assert send(signed_in("statistician", "33@2025-07-01"), SENT).status_code == 422
    assert not Figure.objects.filter(origin="api").exists()


def test_a_figure_is_taken_back_with_a_reason(signed_in):
    client = signed_in()
    public_id = send(client, SENT).json()["id"]

    assert send(client, {"reason": " "}, f"/figures/{public_id}/withdraw").status_code == 422
    assert send(client, {"reason": "Nhầm"}, f"/figures/{public_id}/withdraw").status_code == 200
    assert send(client, {"reason": "Nhầm"}, f"/figures/{public_id}/withdraw").status_code == 422
    assert client.get(f"{API}/measures/payment_accounts?unit={NEW}&level=all").json()["figures"] == []


@pytest.mark.parametrize(
    "query", ["?unit=%00", "?unit=nope", "?unit=a@b&level=all", "?unit=20&level=%00", "?level=zzz"]
)
def test_whatever_is_asked_is_answered(client, results, query):
    assert client.get(f"{API}/measures/payment_accounts{query}").status_code in {200, 422}

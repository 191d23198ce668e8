"""The API of alerts: what is open to whom, an act taken once."""

import json

from tinhso.platform.ledger.queries import list_facts

OTHER = "90002@2025-07-01"


def take(client, alert, key: str = "", **told):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"/api/v1/alerts/{alert.public_id}/acts", json.dumps(told), content_type="application/json", headers=headers
    )


def test_the_list_tells_numbers_plainly(signed_in, flooded):
    (row,) = signed_in().get("/api/v1/alerts/").json()

    assert (row["value"], row["threshold"], row["measure"], row["state"]) == ("5.6", "5", "m", "new")
    assert signed_in().get("/api/v1/alerts/?over=true").json() == []


def test_an_act_is_taken_once_under_its_key(signed_in, flooded):
    client = signed_in()
    offered = client.get(f"/api/v1/alerts/{flooded.public_id}").json()["acts"]
    assert offered == ["acknowledge", "dismiss"]

    first, again = (take(client, flooded, "k-1", act="acknowledge") for _time in range(2))

    assert first.status_code == again.status_code == 200
    assert again.json()["state"] == "acknowledged"
    taken = [fact for fact in list_facts(flooded.public_id) if fact.kind == "cases.alert.acknowledged"]
    assert len(taken) == 1
    assert take(client, flooded, "k-1", act="dismiss", reasons="nhầm").status_code == 409


def test_refusals_say_why(signed_in, flooded):
    client = signed_in()

    assert take(client, flooded, act="review").json()["code"] == "not_open"
    assert take(client, flooded, act="dismiss").json()["code"] == "incomplete"
    assert take(client, flooded, "a b", act="acknowledge").json()["code"] == "bad_key"


def test_who_may_not_see_it_finds_nothing(client, signed_in, flooded):
    assert client.get("/api/v1/alerts/").status_code == 401
    client = signed_in("handler", OTHER)
    assert client.get("/api/v1/alerts/").json() == []
    assert client.get(f"/api/v1/alerts/{flooded.public_id}").status_code == 404
    assert take(client, flooded, act="acknowledge").status_code == 404

"""The API of one's own papers: listed, and shown again in a filing instead of a file."""

from datetime import timedelta

import pytest

from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.tests.conftest import COMMUNE
from tinhso.modules.government.onestop.tests.test_results import STATUS, row_of, sealed
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock

pytestmark = pytest.mark.django_db


def test_a_system_shows_a_paper_of_the_locker_again_by_its_code(commune):
    (public_id,) = sealed(commune, now=read_clock() - timedelta(hours=1))
    row, client = row_of(public_id), commune.client_of(commune.mai)
    (listed,) = client.get("/api/v1/onestop/papers").json()
    assert (listed["number"], listed["standing"], listed["code"].replace("-", "")) == (row.number, "in_force", row.code)
    told = {"procedure": "1.004873", "unit": COMMUNE, "answers": STATUS | {"is_repeated": True}}

    def files(key: str, **papers):
        headers = {"Idempotency-Key": key}
        return client.post("/api/v1/onestop/dossiers", told | papers, content_type="application/json", headers=headers)

    assert files("a").json()["problems"][0]["field"] == "papers.former_certificate"
    wrong = files("b", held={"former_certificate": ["7K3M-9QXD-42AB"], "no_such_paper": [listed["code"]]})
    assert {each["field"] for each in wrong.json()["problems"]} >= {"held.former_certificate", "held.no_such_paper"}

    filed_again = files("c", held={"former_certificate": [listed["code"]]})
    assert filed_again.status_code == 201
    (paper,) = queries.list_papers(queries.get_case(filed_again.json()["public_id"]).case_id)
    assert (paper.code, paper.file_sha256) == ("former_certificate", row.file_sha256)

    IssuedResult.objects.filter(pk=row.pk).update(holder_code="citizen:another")
    assert files("d", held={"former_certificate": [listed["code"]]}).status_code == 422

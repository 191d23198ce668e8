"""The inbox and the page of a case as officers use them."""

import pytest

from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, PROVINCE, appoint
from tinhso.platform.cases import queries
from tinhso.platform.people.queries import list_sights

pytestmark = pytest.mark.django_db


def test_what_was_filed_lies_in_the_inbox_of_the_desk(commune):
    public_id = commune.files()
    page = commune.client_of(commune.desk).get("/work/").content.decode()
    assert f"/work/cases/{public_id}/" in page
    assert "Hoàng Gia Bảo" in page
    assert "Tiếp nhận" in page

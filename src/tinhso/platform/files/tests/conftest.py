"""Two people, and a place of their own to keep files."""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Person:
    code: str
    name: str = ""
    kind: str = "citizen"
    posts: tuple = ()


@pytest.fixture
def mai():
    return Person("citizen:mai")


@pytest.fixture
def nam():
    return Person("citizen:nam")


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT

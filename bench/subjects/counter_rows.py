"""Makes the tables, people and files of the small project, and signs its people in."""

import os
from importlib.util import find_spec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.subjects.counter.settings")


def prepare(crowd: int) -> str | None:
    """Tables; their crowd comes with the warm round."""
    if find_spec("rest_framework") is None:
        return "not installed"
    import django

    django.setup()
    from django.core.management import call_command

    for alone in (False, True):  # tables without migrations refer to those that have them
        call_command("migrate", run_syncdb=alone, verbosity=0)
    return None


def sign_in(count: int, sha256: str) -> list[str]:
    """Session keys of that many people, each of whom handed that file in."""
    from django.contrib.auth.models import User
    from django.test import Client

    from bench.subjects.counter.models import File

    keys = []
    for number in range(count):
        user = User.objects.create_user(f"citizen{number}")
        File.objects.create(owner=user, sha256=sha256)
        client = Client()
        client.force_login(user)
        keys.append(client.cookies["sessionid"].value)
    return keys

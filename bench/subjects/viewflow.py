"""django-viewflow: the five steps as a flow of views; each officer finds the task of the case, takes it, does it, in one commit."""

import os
from functools import cache
from importlib.util import find_spec
from urllib.parse import parse_qs, urlparse

import django
from django.conf import settings

from bench.subjects.chain import TABLE, TELL, told
from bench.subjects.load import ACTS, ANSWERS, NOW, carried

INSTALLED = find_spec("viewflow") is not None
APPS = ["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", "bench.subjects"]

if INSTALLED:
    address = urlparse(os.environ["DATABASE_URL"])
    host = parse_qs(address.query)["host"][0]
    settings.configure(
        INSTALLED_APPS=APPS, USE_TZ=True, TIME_ZONE="UTC", SECRET_KEY="bench", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": address.path[1:], "USER": "postgres", "HOST": host,
                               "CONN_MAX_AGE": None}},
    )  # fmt: skip
    django.setup()

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.views.generic import View
    from viewflow import this
    from viewflow.workflow import flow
    from viewflow.workflow.models import Process, Task
    from viewflow.workflow.status import STATUS

    class FiveSteps(flow.Flow):
        """File, accept, propose, sign, hand over, as the documentation writes a flow."""

        start = flow.StartHandle().Next(this.accept)
        accept = flow.View(View.as_view()).Next(this.propose)
        propose = flow.View(View.as_view()).Next(this.sign)
        sign = flow.View(View.as_view()).Next(this.hand_over)
        hand_over = flow.View(View.as_view()).Next(this.end)
        end = flow.End()

        process_class = Process


def prepare(crowd: int) -> str | None:
    """Tables and a crowd of cases: copies of one that is over and of one that is open."""
    if not INSTALLED:
        return "not installed"
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    for act in ACTS:
        User.objects.get_or_create(username=f"officer_{act}")
    carry()
    FiveSteps.start.run(_process_data=ANSWERS)
    with connection.cursor() as cursor:
        for table in ("viewflow_process", "viewflow_task"):
            cursor.execute("select column_name from information_schema.columns where table_name = %s", [table])
            columns = ", ".join(name for (name,) in cursor.fetchall() if name != "id")
            cursor.execute(
                f"insert into {table} ({columns}) select {columns} from {table}, generate_series(2, {crowd // 2})"
            )
        cursor.execute("vacuum analyze")
    return None


@cache
def officer(act: str) -> "User":
    """Who takes that step; the account stays in memory."""
    return User.objects.get(username=f"officer_{act}")


def carry() -> None:
    """File one case and take the four other steps."""
    with transaction.atomic():
        case = FiveSteps.start.run(_process_data=ANSWERS)
        tell(case.pk, "file", "citizen:bench")
    for act in ACTS:
        task = Task.objects.get(process=case, flow_task=getattr(FiveSteps, act), status=STATUS.NEW)
        with task.activation() as activation:
            activation.assign(officer(act))
            activation.start(None)
            activation.execute()
            tell(case.pk, act, officer(act).username)


def tell(case_id: int, act: str, actor: str) -> None:
    """Write the chained fact."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, told(case_id, act, actor, NOW))


def run(seconds: float, flow: str = "", number: int = 0) -> tuple[int, float]:
    """Carry whole cases for that long; how many, in how many seconds."""
    return carried(carry, seconds)

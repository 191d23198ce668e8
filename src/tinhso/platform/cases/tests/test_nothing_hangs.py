"""Whatever people do, in whatever order: every open case is held or waits, and the ledger tells exactly what was done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.kernel.worktime import WorktimeError
from tinhso.platform.cases import actions, models, queries, rules
from tinhso.platform.cases.tests.conftest import (
    CITIZEN,
    COMMUNE,
    DESK,
    FRIDAY,
    HANDLER,
    LEADER,
    file_dossier,
    load_trial_procedures,
    make_units,
    officer,
)  # fmt: skip
from tinhso.platform.ledger.queries import verify_ledger

ACTS = sorted(
    {
        "accept",
        "decline",
        "ask_supplement",
        "supplement",
        "ask_payment",
        "pay",
        "extend",
        "consult",
        "propose",
        "sign",
        "hand_over",
        "answer",
        "transfer",
        "give_away",
        "reopen",
    }
)
PEOPLE = [
    DESK,
    HANDLER,
    LEADER,
    CITIZEN,
    officer("x", "handler", unit_key="90002@2025-07-01"),
    officer("y", "handler", "leader", "receptionist", unit_key="90003@2025-07-01"),
]
UNITS = ["90002@2025-07-01", "90003@2025-07-01"]


class Province(RuleBasedStateMachine):
    """Random people at random moments."""

    cases = Bundle("cases")

    def __init__(self):
        super().__init__()
        self.now = FRIDAY

    @rule(target=cases, asked=st.lists(st.sampled_from(UNITS), min_size=1, unique=True))
    def file(self, asked):
        return file_dossier(now=self.now, data={"asked_units": asked}).public_id

    @rule(case=cases, choice=st.integers(0, 20), late=st.booleans(), unit=st.sampled_from([COMMUNE, *UNITS]))
    def somebody_does_what_is_open(self, case, choice, late, unit):
        subs = (
            models.Case.objects.filter(parent__public_id=case, closed_at=None)
            .order_by("id")
            .values_list("public_id", flat=True)
        )
        target = ([*subs, case] if late else [case, *subs])[0]
        view = queries.get_case(target)
        open_acts = [(step.act, who) for who in PEOPLE for step in queries.list_steps_open_to(view, who)]
        if open_acts:
            act, who = open_acts[choice % len(open_acts)]
            self._try(target, act, who, {"reasons": ["vì"], "note": "đồng ý", "extension_days": 2, "unit": unit})

    @rule(case=cases, act=st.sampled_from(ACTS), who=st.sampled_from(PEOPLE))
    def somebody_tries_anything(self, case, act, who):
        self._try(case, act, who, {})

    def _try(self, case, act, who, answers):
        before = self._revision(case)
        try:
            actions.act_on_case(public_id=case, act=act, actor=who, now=self.now, answers=answers)
        except (NotAllowed, Incomplete, WorktimeError, rules.NoClock):
            assert self._revision(case) == before

    @staticmethod
    def _revision(case):
        return models.Case.objects.values_list("revision", flat=True).get(public_id=case)

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        actions.expire_waits(now=self.now)

    @invariant()
    def nothing_hangs(self):
        assert queries.list_hanging(self.now) == []

    @invariant()
    def a_closed_case_is_held_by_nobody(self):
        assert not models.WorkItem.objects.filter(closed_at=None, case__closed_at__isnull=False).exists()
        assert not models.Wait.objects.filter(closed_at=None, case__closed_at__isnull=False).exists()

    @invariant()
    def each_revision_is_one_fact(self):
        assert {case.public_id: case.revision + 1 for case in models.Case.objects.all()} == self._facts()

    @staticmethod
    def _facts():
        with connection.cursor() as cursor:
            cursor.execute("select subject, count(*) from ledger_fact group by subject")
            return dict(cursor.fetchall())

    @invariant()
    def the_clock_runs_when_the_case_is_due(self):
        running = set(models.ClockSegment.objects.filter(stopped_at=None).values_list("case_id", flat=True))
        for case in models.Case.objects.filter(closed_at=None, resolved_at=None, due_at__isnull=False):
            assert (case.pk in running) == (case.paused_at is None)

    @invariant()
    def the_due_date_is_what_the_clock_says(self):
        for public_id in models.Case.objects.filter(closed_at=None, resolved_at=None).values_list(
            "public_id", flat=True
        ):
            view = queries.get_case(public_id)
            if due := queries.explain_due(view):
                assert due.due_at == view.due_at

    @invariant()
    def whoever_holds_a_case_is_of_the_unit_it_lies_at(self):
        assert not models.WorkItem.objects.filter(closed_at=None).exclude(unit_key=F("case__unit_key")).exists()

    def teardown(self):
        assert verify_ledger() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_nothing_hangs_whatever_people_do(transactional_db):
    def fresh():
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            for table in connection.introspection.table_names():
                if table.startswith(("cases_", "ledger_", "units_")):
                    cursor.execute(f"delete from {table}")
            cursor.execute("set session_replication_role = origin")
        queries.forget_procedures()
        make_units()
        load_trial_procedures()
        return Province()

    quick = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(fresh, settings=quick)
    queries.forget_procedures()

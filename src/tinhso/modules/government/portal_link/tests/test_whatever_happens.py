"""Random acts on random dossiers while the portal fails in random ways: once it is well again both sides agree, in order, once each."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.kernel.worktime import WorktimeError
from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.actions.sending import attempt, claim
from tinhso.modules.government.portal_link.models import Difference, Dossier, Message
from tinhso.platform.cases import queries
from tinhso.platform.people.rules import SYSTEM

PASSING = ("timeout", "error", "lost_answer", "twice", "late", "expired", "garbage", "reject", "lie")
DOSSIERS = 3

deed = st.one_of(
    st.tuples(st.just("act"), st.integers(0, DOSSIERS - 1), st.integers(0, 5)),
    st.tuples(st.just("fault"), st.sampled_from(PASSING), st.integers(1, 3)),
    st.tuples(st.just("hear"), st.just(0), st.just(0)),
    st.tuples(st.just("send"), st.integers(1, 4), st.just(0)),
    st.tuples(st.just("die"), st.integers(0, 8), st.just(0)),  # killed between sending and writing down
    st.tuples(st.just("wait"), st.integers(1, 30), st.just(0)),
    st.tuples(st.just("resend"), st.just(0), st.just(0)),
)


class Story:
    """One province for one example; facts are heard late or early, whatever the deeds say."""

    def __init__(self, province):
        self.province = province
        self.cases = [province.files() for _ in range(DOSSIERS)]

    def act(self, which, choice):
        case = queries.get_case(self.cases[which])
        steps = case.procedure.steps_from(case.state.code)
        if steps:
            try:
                self.province.does(case.public_id, steps[choice % len(steps)].act)
            except (NotAllowed, Incomplete, WorktimeError):
                return

    def fault(self, kind, count):
        self.province.simulator.plan_faults(kind, count)

    def hear(self, *_):
        self.province.hears()

    def send(self, rounds, _):
        self.province.sends(rounds)

    def die(self, sent, _):
        for claimed in claim(most=8, now=self.province.now)[:sent]:
            attempt(self.province.portal, claimed)

    def wait(self, minutes, _):
        self.province.passes(minutes=minutes)

    def resend(self, *_):
        actions.resend_all(actor=SYSTEM, now=self.province.now)

    def ends_well(self):
        """The portal recovers, what was stuck is sent again, everything goes out."""
        self.province.hears()
        self.province.simulator.recover()
        self.province.passes(minutes=30)
        actions.resend_all(actor=SYSTEM, now=self.province.now)
        self.province.drains()


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(deeds=st.lists(deed, min_size=5, max_size=60))
def test_whatever_happens_both_sides_agree_once_the_portal_is_well(province, deeds):
    story = Story(province)
    for name, *rest in deeds:
        getattr(story, name)(*rest)
    story.ends_well()

    for public_id in story.cases:
        dossier = Dossier.objects.filter(case_public_id=public_id).first()
        if dossier is None:
            assert queries.get_case(public_id).code is None
            continue
        believed = province.believes(public_id)
        sent = list(dossier.message_set.order_by("sequence").values_list("sequence", "state"))
        assert believed["state"] == queries.get_case(public_id).state.national
        assert believed["sequences"] == [number for number, _ in sent] == list(range(1, len(sent) + 1))
        assert {state for _, state in sent} == {Message.DELIVERED}
    Difference.objects.all().delete()
    found = actions.compare_with_portal(portal=province.portal, days=400, actor=SYSTEM, now=province.now)
    assert {name for name, count in found.figures.items() if count} <= {"equal"}

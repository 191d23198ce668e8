"""SpiffWorkflow: the flow as BPMN; each step loads the case, completes the user task, keeps the case, in one commit."""

import os
from functools import cache
from importlib.util import find_spec
from typing import Any

import psycopg

from bench.subjects.chain import TABLE, TELL, told
from bench.subjects.diagram import draw_bpmn
from bench.subjects.load import ACTS, ANSWERS, NOW, carried, procedure

TABLES = """
create table spiff_case (id bigint generated always as identity primary key, body text not null, changed_at timestamptz not null,
    closed_at timestamptz);
create table spiff_task (id bigint generated always as identity primary key, case_id bigint not null, task text not null, role text not null,
    opened_at timestamptz not null, closed_at timestamptz, closed_by text);
create index on spiff_task (role, id) where closed_at is null;
create index on spiff_task (case_id) where closed_at is null;
"""
COPIES = """
insert into spiff_case (body, changed_at, closed_at) select body, changed_at, closed_at from spiff_case, generate_series(2, %(times)s);
insert into spiff_task (case_id, task, role, opened_at, closed_at, closed_by)
    select case_id, task, role, opened_at, closed_at, closed_by from spiff_task, generate_series(2, %(times)s);
"""
OPEN = """
with opened as (insert into spiff_case (body, changed_at) values (%s, %s) returning id, changed_at)
insert into spiff_task (case_id, task, role, opened_at) select id, %s, %s, changed_at from opened returning case_id
"""
FIND = "select body from spiff_case where id = %s for update"
KEEP = """
with kept as (update spiff_case set body = %(body)s, changed_at = %(now)s, closed_at = %(over)s where id = %(id)s returning id),
closed as (update spiff_task set closed_at = %(now)s, closed_by = %(by)s from kept where case_id = kept.id and closed_at is null)
insert into spiff_task (case_id, task, role, opened_at) select id, %(task)s, %(role)s, %(now)s from kept where %(task)s::text is not null
"""


@cache
def connected() -> psycopg.Connection[Any]:
    """This process's connection."""
    return psycopg.connect(os.environ["DATABASE_URL"], prepare_threshold=0, autocommit=True)


@cache
def serializer() -> Any:
    """As its documentation has it: the whole workflow, its specification included, as JSON."""
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


@cache
def specification(flow: str) -> Any:
    """The diagram, read once for each process."""
    from SpiffWorkflow.bpmn.parser import BpmnParser

    parser = BpmnParser()
    parser.add_bpmn_str(draw_bpmn(procedure(flow), flow).encode())
    return parser.get_spec(flow)


def prepare(crowd: int) -> str | None:
    """Tables and a crowd of cases: copies of one that is over and of one that is open."""
    if find_spec("SpiffWorkflow") is None:
        return "not installed"
    connected().execute(TABLES + TABLE, prepare=False)
    carry("birth")
    start("birth")
    connected().execute(COPIES.replace("%(times)s", str(crowd // 2)), prepare=False)
    connected().execute("vacuum analyze", prepare=False)
    return None


def waiting_task(workflow: Any) -> Any:
    """The user task that waits for somebody, or None at the end."""
    from SpiffWorkflow.util.task import TaskState

    found = workflow.get_tasks(state=TaskState.READY, manual=True)
    return found[0] if found else None


def start(flow: str) -> int:
    """Start a case; its id."""
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    workflow = BpmnWorkflow(specification(flow))
    workflow.data.update(ANSWERS)
    workflow.do_engine_steps()
    task = waiting_task(workflow).task_spec
    written = serializer().serialize_json(workflow)
    with connected().transaction():
        row = connected().execute(OPEN, [written, NOW, task.bpmn_id, task.bpmn_name]).fetchone()
        found: int = row[0]  # type: ignore[index]
        connected().execute(TELL, told(found, "file", "citizen:bench", NOW))
    return found


def take(case_id: int, act: str) -> None:
    """Complete the user task that waits with this act, as an officer."""
    with connected().transaction():
        (body,) = connected().execute(FIND, [case_id]).fetchone()  # type: ignore[misc]
        workflow = serializer().deserialize_json(body)
        task = waiting_task(workflow)
        officer = f"officer:{task.task_spec.bpmn_name}"
        task.data.update({"act": act, "done_by": officer})
        task.run()
        workflow.do_engine_steps()
        following = waiting_task(workflow)
        spec = following.task_spec if following else None
        kept = {"id": case_id, "body": serializer().serialize_json(workflow), "now": NOW, "by": officer}
        kept |= {"task": spec and spec.bpmn_id, "role": spec and spec.bpmn_name}
        connected().execute(KEEP, {**kept, "over": None if spec else NOW})
        connected().execute(TELL, told(case_id, act, officer, NOW))


def carry(flow: str) -> None:
    """File one case and take the four other steps."""
    case_id = start(flow)
    for act in ACTS:
        take(case_id, act)


def run(seconds: float, flow: str = "birth", number: int = 0) -> tuple[int, float]:
    """Carry whole cases for that long; how many, in how many seconds."""
    return carried(lambda: carry(flow), seconds)

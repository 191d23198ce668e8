"""A procedure's table as a BPMN diagram: each state that somebody holds is a user task, and a gateway reads which act was chosen."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from tinhso.kernel.flow import APPLICANT, Procedure

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://bpmn.io/schema/bpmn">'
)


def draw_bpmn(procedure: Procedure, name: str) -> str:
    """The whole flow, of that name. A task is named by its state, carries its role as name, and expects `act` among its data."""
    pieces = [HEAD, f'<bpmn:process id="{name}" isExecutable="true">', '<bpmn:startEvent id="start"/>']
    pieces.append(f'<bpmn:sequenceFlow id="begin" sourceRef="start" targetRef={_of(procedure.start)}/>')
    for state in procedure.states:
        pieces += _end(state.code) if procedure.is_final(state.code) else _task(procedure, state.code)
    return "\n".join([*pieces, "</bpmn:process></bpmn:definitions>"])


def _of(state: str) -> str:
    return quoteattr(f"at_{state}")


def _end(state: str) -> Iterator[str]:
    yield f"<bpmn:endEvent id={_of(state)}/>"


def _task(procedure: Procedure, code: str) -> Iterator[str]:
    state = procedure.state(code)
    yield f"<bpmn:userTask id={_of(code)} name={quoteattr(state.holder or APPLICANT)}/>"
    steps = procedure.steps_from(code)
    if len({step.act for step in steps}) == 1:
        yield f'<bpmn:sequenceFlow id="from_{code}" sourceRef={_of(code)} targetRef={_of(steps[0].target)}/>'
        return
    yield f'<bpmn:sequenceFlow id="from_{code}" sourceRef={_of(code)} targetRef="choice_{code}"/>'
    yield f'<bpmn:exclusiveGateway id="choice_{code}" default="{code}_{steps[0].act}"/>'
    for number, step in enumerate(steps):
        flow = f'<bpmn:sequenceFlow id="{code}_{step.act}" sourceRef="choice_{code}" targetRef={_of(step.target)}'
        condition = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">act == "{step.act}"</bpmn:conditionExpression>'
        yield f"{flow}>{condition}</bpmn:sequenceFlow>" if number else f"{flow}/>"

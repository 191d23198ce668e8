"""SpiffWorkflow as a careful user would tune it: the specification stays in memory, only the state of the case is kept."""

from functools import cache
from typing import Any

from bench.subjects import spiff


def _lighter() -> Any:
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
    from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    class Lighter(BpmnWorkflowConverter):
        """A case without its specification, which is known by name."""

        def to_dict(self, workflow: Any) -> dict[str, Any]:
            """The state alone."""
            kept = WorkflowConverter.to_dict(self, workflow)
            return {**kept, "spec": workflow.spec.name, "subprocess_specs": {}, "subprocesses": {}, "bpmn_events": []}

        def from_dict(self, kept: dict[str, Any]) -> Any:
            """The state put back on the specification in memory."""
            return super().from_dict({**kept, "spec": spiff.specification(kept["spec"])})

    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: Lighter}))


spiff.serializer = cache(_lighter)
connected, prepare, run = spiff.connected, spiff.prepare, spiff.run

"""The facts this module tells: what became of a self-assessment, and which published figures were taken up."""

from typing import Final

ASSESSMENT_OPENED: Final = "dti.assessment.opened"
VALUE_DECLARED: Final = "dti.value.declared"
VALUE_TAKEN: Final = "dti.value.taken_from_records"
EVIDENCE_ATTACHED: Final = "dti.evidence.attached"
EVIDENCE_DETACHED: Final = "dti.evidence.detached"
ASSESSMENT_SUBMITTED: Final = "dti.assessment.submitted"
ASSESSMENT_REVIEWED: Final = "dti.assessment.reviewed"
ASSESSMENT_RETURNED: Final = "dti.assessment.returned"
ASSESSMENT_SIGNED: Final = "dti.assessment.signed"
CRITERIA_LOADED: Final = "dti.criteria.loaded"
PUBLISHED_LOADED: Final = "dti.published.loaded"

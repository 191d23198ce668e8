"""In whose name a filing stands: the applicant's, whoever typed it."""

from dataclasses import replace

from tinhso.modules.government.onestop.queries.filing import Begun
from tinhso.modules.government.onestop.rules.filing import is_of_the_team
from tinhso.platform.cases.actions import Filing


def in_name_of(begun: Begun, filing: Filing) -> Filing:
    """The filing in the applicant's name, whoever typed it; a helper is named beside."""
    if begun.applicant is None or begun.applicant_code == begun.actor.code:
        return filing
    helper = begun.actor.code if is_of_the_team(begun.actor) else ""
    return replace(
        filing, applicant_code=begun.applicant.code, applicant_name=begun.applicant.name, channel=begun.channel,
        helper_code=helper,
    )  # fmt: skip

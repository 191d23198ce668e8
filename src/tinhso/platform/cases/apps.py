"""Registration of the cases app."""

from tinhso.platform.capability import Capability


class CasesConfig(Capability):
    """The engine: anything with an owner and a deadline."""

    name = "tinhso.platform.cases"
    label = "cases"

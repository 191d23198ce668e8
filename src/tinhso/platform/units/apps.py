"""Registration of the units app."""

from tinhso.platform.capability import Capability


class UnitsConfig(Capability):
    """Units in time: administrative units, agencies, desks, posts."""

    name = "tinhso.platform.units"
    label = "units"

"""Registration of the onestop app."""

from tinhso.platform.capability import Capability


class OneStopConfig(Capability):
    """Public services and one-stop processing."""

    name = "tinhso.modules.government.onestop"
    label = "onestop"

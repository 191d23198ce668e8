"""Registration of the onestop app."""

from tinhso.platform.capability import Capability


class OneStopConfig(Capability):
    """Public services and one-stop processing: the portal for citizens, the workspace for officers."""

    name = "tinhso.modules.government.onestop"
    label = "onestop"

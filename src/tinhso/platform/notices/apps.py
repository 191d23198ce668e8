"""Registration of the notices app."""

from tinhso.platform.capability import Capability


class NoticesConfig(Capability):
    """Messages to people through ports."""

    name = "tinhso.platform.notices"
    label = "notices"

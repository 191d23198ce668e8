"""Registration of the forms app."""

from tinhso.platform.capability import Capability


class FormsConfig(Capability):
    """Forms from packs, drafts."""

    name = "tinhso.platform.forms"
    label = "forms"

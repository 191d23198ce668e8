"""Registration of the signing app."""

from tinhso.platform.capability import Capability


class SigningConfig(Capability):
    """Signatures through a port."""

    name = "tinhso.platform.signing"
    label = "signing"

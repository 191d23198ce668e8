"""What stands in the place of a signature provider where none was named: it signs nothing, and says what to do."""

from django.utils.translation import gettext as _

from tinhso.platform.signing.adapters.keys import KeyStore
from tinhso.platform.signing.adapters.time_stamps import LocalAuthority
from tinhso.platform.signing.adapters.verification import verify
from tinhso.platform.signing.rules import CannotSign, SigningRequest, Verdict


class NoProvider:
    """Outside a demonstration nobody signs with keys that the machine made for itself, unless the settings name them."""

    def __init__(self, *, store: KeyStore, authority: LocalAuthority) -> None:  # noqa: ARG002 - as every provider
        self.store = store

    def sign(self, request: SigningRequest) -> bytes:  # noqa: ARG002
        """:raises CannotSign: always."""
        raise CannotSign(_("Chưa đặt bộ ký số của cơ quan. Hãy báo quản trị viên đặt TINHSO_SIGNATURES."))

    def verify(self, pdf: bytes) -> Verdict:
        """What the signatures are worth to those who trust this installation's own root."""
        return verify(pdf, self.store.find_root())

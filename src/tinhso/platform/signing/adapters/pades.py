"""Signing PDFs with the key store: PAdES-B-T, a stamp in the area of its capacity, keys kept loaded."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tinhso.platform.signing.adapters import encoding
from tinhso.platform.signing.adapters.areas import prepare_fields
from tinhso.platform.signing.adapters.certificates import LoadedKey, signer_name
from tinhso.platform.signing.adapters.keys import KeyStore
from tinhso.platform.signing.adapters.stamps import stamp_style
from tinhso.platform.signing.adapters.time_stamps import LocalAuthority, LocalTimeStamper
from tinhso.platform.signing.adapters.verification import verify
from tinhso.platform.signing.rules import CannotSign, SigningRequest, Verdict

ROOM_FOR_SIGNATURE = 2 * 4096
LONGEST_SIGNATURE = 72


class LocalProvider:
    """Signs with keys of its own, made for whoever asks: for demonstration and tests, not for papers of weight."""

    def __init__(self, *, store: KeyStore, authority: LocalAuthority) -> None:
        self.store, self.authority = store, authority

    def sign(self, request: SigningRequest) -> bytes:
        """
        The PDF with one more signature, as promised in the port.

        :raises CannotSign: the certificate is not valid at that moment, or the file cannot carry the signature
        """
        key = self.store.signing_key(signer_name(request.signer, request.unit), request.at)
        if not key.is_valid_at(request.at):
            raise CannotSign(_("Chứng thư số của người ký không có hiệu lực vào lúc ký."))
        try:
            return self._add_signature(request, key)
        except (PdfError, SigningError) as problem:
            raise CannotSign(_("Tệp này không ký được: {reason}").format(reason=problem)) from problem

    def verify(self, pdf: bytes) -> Verdict:
        """What the signatures are worth to those who trust this key store's root."""
        return verify(pdf, self.store.find_root())

    def _add_signature(self, request: SigningRequest, key: LoadedKey) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(request.pdf))
        area = prepare_fields(writer, request.capacity)
        style = stamp_style(request, area.size) if area else None
        signer = _PdfSigner(request, key, LocalTimeStamper(self.authority, request.at), style)
        signed: BytesIO = signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=ROOM_FOR_SIGNATURE)
        return signed.getvalue()


class _LoadedSigner(signers.Signer):
    """Signs with a key that is loaded once; the stock signer checks the key again at each signature."""

    def __init__(self, key: LoadedKey) -> None:
        super().__init__(
            signing_cert=key.asn1,
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=encoding.ECDSA_SHA256,
            embed_roots=False,
        )
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002
        return bytes(LONGEST_SIGNATURE) if dry_run else self._key.sign(data)


class _PdfSigner(signers.PdfSigner):
    """Takes the moment from the request instead of the clock."""

    def __init__(
        self, request: SigningRequest, key: LoadedKey, stamper: LocalTimeStamper, style: BaseStampStyle | None
    ) -> None:
        meta = signers.PdfSignatureMetadata(
            field_name=request.capacity,
            md_algorithm="sha256",
            reason=request.reason,
            location=request.unit.name,
            name=request.signer.name,
            subfilter=SigSeedSubFilter.PADES,
        )
        super().__init__(meta, _LoadedSigner(key), timestamper=stamper, stamp_style=style)
        self._at = request.at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:  # noqa: FBT001, FBT002
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at
        return session

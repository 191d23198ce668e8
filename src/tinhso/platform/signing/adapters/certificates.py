"""Certificates of an authority of one's own: its root, its time-stamps, its leaders and agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from tinhso.platform.signing.rules import Signer, SigningUnit

YEAR = timedelta(days=365)
LONGEST_NAME = 64
AUTHORITY = "tinhso – tổ chức chứng thực thử nghiệm"
TIME_STAMP_AUTHORITY = "tinhso – dấu thời gian thử nghiệm"


@dataclass(frozen=True)
class LoadedKey:
    """A private key that stays loaded, and its certificate."""

    private: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @cached_property
    def asn1(self) -> asn1_x509.Certificate:
        """The certificate in the form pyHanko reads."""
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    def sign(self, content: bytes) -> bytes:
        """ECDSA over P-256 and SHA-256."""
        return self.private.sign(content, ec.ECDSA(hashes.SHA256()))

    def is_valid_at(self, moment: datetime) -> bool:
        """The certificate is in force at that moment."""
        return self.certificate.not_valid_before_utc <= moment <= self.certificate.not_valid_after_utc

    def as_pem(self) -> bytes:
        """Key and certificate in one text, so that they can never part."""
        key = self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return key + self.certificate.public_bytes(serialization.Encoding.PEM)


def _name(parts: Mapping[ObjectIdentifier, str]) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")
    return x509.Name([country, *(x509.NameAttribute(oid, text[:LONGEST_NAME]) for oid, text in parts.items() if text)])


def signer_name(signer: Signer, unit: SigningUnit) -> x509.Name:
    """Who a certificate is about: person, post, agency; for a seal, the agency alone."""
    return _name(
        {
            NameOID.ORGANIZATION_NAME: unit.name,
            NameOID.ORGANIZATIONAL_UNIT_NAME: unit.key,
            NameOID.TITLE: signer.title,
            NameOID.USER_ID: signer.code,
            NameOID.COMMON_NAME: signer.name,
        }
    )


def read_name(certificate: asn1_x509.Certificate) -> tuple[Signer, SigningUnit]:
    """The person and agency a certificate names; empty texts for what it leaves out."""
    held = certificate.subject.native
    texts = {key: value if isinstance(value, str) else " ".join(value) for key, value in held.items()}
    signer = Signer(texts.get("user_id", ""), texts.get("common_name", ""), texts.get("title", ""))
    return signer, SigningUnit(texts.get("organizational_unit_name", ""), texts.get("organization_name", ""))


def time_stamp_name() -> x509.Name:
    """Who swears to the time in a demonstration."""
    return _name({NameOID.COMMON_NAME: TIME_STAMP_AUTHORITY})


def make_root(now: datetime) -> LoadedKey:
    """A fresh authority that may issue end certificates only."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = _name({NameOID.COMMON_NAME: AUTHORITY})
    certificate = (
        _builder(name, name, private.public_key())
        .not_valid_before(now - 10 * YEAR)
        .not_valid_after(now + 20 * YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(private, hashes.SHA256())
    )
    return LoadedKey(private, certificate)


def issue(root: LoadedKey, name: x509.Name, now: datetime, *, for_time_stamps: bool = False) -> LoadedKey:
    """A fresh key with a certificate of that authority, for signing documents or for time-stamps, never both."""
    private = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(name, root.certificate.subject, private.public_key())
        .not_valid_before(now - 3 * YEAR)
        .not_valid_after(now + 5 * YEAR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=not for_time_stamps), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.private.public_key()), critical=False)
    )
    if for_time_stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return LoadedKey(private, builder.sign(root.private, hashes.SHA256()))


def _builder(subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )

"""
The one way a signature may be written.

A signature protects the document and the signed attributes; version numbers, lists of algorithms, the order and padding
around them are protected by nothing, so a reader may overlook a change there. What was verified is therefore written
again from its protected parts, and must come out byte for byte as it stands in the file.
"""

from typing import Any

from asn1crypto import algos, cms, x509

SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"})
ECDSA_SHA256 = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
TIME_STAMP = "signature_time_stamp_token"


def signed_message(
    *,
    certificate: x509.Certificate,
    attributes: cms.CMSAttributes,
    signature: bytes,
    statement: cms.EncapsulatedContentInfo | None = None,
    token: cms.ContentInfo | None = None,
) -> cms.ContentInfo:
    """
    A CMS signature of one signer, ECDSA over P-256, as it is written here.

    :param statement: what the signature carries inside (time-stamps); None for a signature beside its content
    :param token: the time-stamp over the signature, an attribute that is itself signed by the authority
    """
    who = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    signer: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": who}),
        "digest_algorithm": SHA256,
        "signature_algorithm": ECDSA_SHA256,
        "signed_attrs": attributes,
        "signature": signature,
    }
    if token is not None:
        signer["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute({"type": TIME_STAMP, "values": [token]})])
    content = cms.SignedData(
        {
            "version": "v3" if statement is not None else "v1",
            "digest_algorithms": cms.DigestAlgorithms([SHA256]),
            "encap_content_info": statement if statement is not None else {"content_type": "data"},
            "certificates": [cms.CertificateChoices(name="certificate", value=certificate)],
            "signer_infos": [cms.SignerInfo(signer)],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": content})


def time_stamp_in(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    """The time-stamp token a signature carries, or None."""
    attributes = signer["unsigned_attrs"]
    tokens = [value for row in attributes if row["type"].native == TIME_STAMP for value in row["values"]]
    return tokens[0] if len(tokens) == 1 else None


def written_again(content: cms.ContentInfo) -> bytes:
    """The same signature, built anew from its protected parts."""
    found = content["content"]
    signer = found["signer_infos"][0]
    token = time_stamp_in(signer)
    inside = found["encap_content_info"]
    return signed_message(
        certificate=x509.Certificate.load(found["certificates"][0].chosen.dump()),
        attributes=cms.CMSAttributes.load(signer["signed_attrs"].untag().dump()),
        signature=signer["signature"].native,
        statement=time_stamp_content(inside["content"].contents)
        if inside["content_type"].native == "tst_info"
        else None,
        token=cms.ContentInfo.load(written_again(token)) if token is not None else None,
    ).dump()


def time_stamp_content(statement: bytes) -> cms.EncapsulatedContentInfo:
    """A time-stamp's statement (DER), wrapped as the content of its signature."""
    return cms.EncapsulatedContentInfo({"content_type": "tst_info", "content": cms.ParsableOctetString(statement)})

"""
Where signatures, number and date go: named areas of a PDF, made into fields.

A document template marks an area with a link to `tinhso:field/leader`, `seal`, `number` or `date` around an empty box. The
first signature turns all marks into fields, in its own revision: the rendered file stays whole underneath. Number and
date are form fields because filling one leaves the leader's signature valid, and drawing on the page would not.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from tinhso.platform.signing.rules import CannotSign

MARK = "tinhso:field/"
WRITTEN = frozenset({"number", "date"})  # filled by the clerk between the leader's signature and the seal
PRINTED, READ_ONLY = 4, 1


@dataclass(frozen=True, slots=True)
class Area:
    """A named box on a page; lower left and upper right corner in points."""

    name: str
    page: int
    box: tuple[int, int, int, int]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in points."""
        return self.box[2] - self.box[0], self.box[3] - self.box[1]


def prepare_fields(writer: IncrementalPdfFileWriter, wanted: str) -> Area | None:
    """
    Make every marked area a signature field; the box of the wanted one, or None where a file has no such area.

    A file without the area carries the signature unseen, in a field without a box.

    :raises CannotSign: the wanted field holds a signature already
    """
    marks = _take_marks(writer)
    for area in marks:
        if area.name not in WRITTEN:
            fields.append_signature_field(writer, _spec(area.name, page=area.page, box=area.box))
    for area in marks:
        if area.name in WRITTEN:
            _append_text_field(writer, area)
    held = {name: (value, ref.get_object()) for name, value, ref in fields.enumerate_sig_fields(writer)}
    if wanted not in held:
        if any(value is not None for value, _field in held.values()) and wanted == "leader":
            raise CannotSign(_("Tệp đã được ký và không còn chỗ cho chữ ký này."))
        fields.append_signature_field(writer, _spec(wanted))
        return None
    value, field = held[wanted]
    if value is not None:
        raise CannotSign(_("Tệp đã có chữ ký ở chỗ này."))
    return area_of(wanted, field)


def text_fields(root: generic.DictionaryObject) -> dict[str, generic.DictionaryObject]:
    """The form fields for number and date that a PDF has, by name."""
    listed = root["/AcroForm"]["/Fields"] if "/AcroForm" in root else ()
    found = (reference.get_object() for reference in listed)
    return {str(field["/T"]): field for field in found if field.get("/FT") == "/Tx" and str(field["/T"]) in WRITTEN}


def _append_text_field(writer: IncrementalPdfFileWriter, area: Area) -> None:
    """An empty text field that a viewer does not let anybody type into; it has an appearance, as PDF/A wants."""
    page, _resources = writer.find_page_for_modification(area.page)
    empty = generic.StreamObject(
        dict_data={
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, *area.size)]),
            pdf_name("/Resources"): generic.DictionaryObject(),
        },
        stream_data=b"",
    )
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject(area.name),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/P"): page,
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(corner) for corner in area.box]),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(empty)}),
        }
    )
    reference = writer.add_object(field)
    writer.register_annotation(page, reference)
    listed = writer.root["/AcroForm"]["/Fields"]
    listed.append(reference)
    writer.update_container(listed)


def _spec(name: str, *, page: int = 0, box: tuple[int, int, int, int] | None = None) -> fields.SigFieldSpec:
    locks_all = fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if name == "seal" else None
    return fields.SigFieldSpec(name, on_page=page, box=box, field_mdp_spec=locks_all)


def area_of(name: str, field: generic.DictionaryObject) -> Area | None:
    """Where a field stands; None for one that is not seen."""
    box = [round(float(corner)) for corner in field["/Rect"]] if "/Rect" in field else [0, 0, 0, 0]
    area = Area(name, 0, (box[0], box[1], box[2], box[3]))
    return area if area.size[0] and area.size[1] else None


def _take_marks(writer: IncrementalPdfFileWriter) -> list[Area]:
    found: list[Area] = []
    for number in range(int(writer.root["/Pages"]["/Count"])):
        reference, _resources = writer.find_page_for_modification(number)
        page = reference.get_object()
        if "/Annots" not in page:
            continue
        kept = generic.ArrayObject()
        for annotation in page["/Annots"]:
            if mark := _mark_on(number, annotation.get_object()):
                found.append(mark)
            else:
                kept.append(annotation)
        if len(kept) < len(page["/Annots"]):
            page[pdf_name("/Annots")] = kept
            writer.mark_update(reference)
    return found


def _mark_on(page: int, annotation: generic.DictionaryObject) -> Area | None:
    if annotation["/Subtype"] != "/Link" or "/A" not in annotation or "/URI" not in annotation["/A"]:
        return None
    address = str(annotation["/A"]["/URI"])
    if not address.startswith(MARK):
        return None
    left, low, right, high = (round(float(corner)) for corner in annotation["/Rect"])
    return Area(address.removeprefix(MARK), page, (left, low, right, high))

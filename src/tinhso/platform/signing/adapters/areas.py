"""
Where a signature goes: named areas of a PDF, made into signature fields.

A document template marks an area with a link to `tinhso:field/leader` or `tinhso:field/seal` around an empty box. The
first signature turns all marks into fields, in its own revision: the rendered file stays whole underneath.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from tinhso.platform.signing.rules import CannotSign

MARK = "tinhso:field/"


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
    for area in _take_marks(writer):
        fields.append_signature_field(writer, _spec(area.name, page=area.page, box=area.box))
    held = {name: (value, ref.get_object()) for name, value, ref in fields.enumerate_sig_fields(writer)}
    if wanted not in held:
        if any(value is not None for value, _field in held.values()) and wanted == "leader":
            raise CannotSign(_("Tệp đã được ký và không còn chỗ cho chữ ký này."))
        fields.append_signature_field(writer, _spec(wanted))
        return None
    value, field = held[wanted]
    if value is not None:
        raise CannotSign(_("Tệp đã có chữ ký ở chỗ này."))
    return _area_of(wanted, field)


def _spec(name: str, *, page: int = 0, box: tuple[int, int, int, int] | None = None) -> fields.SigFieldSpec:
    locks_all = fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if name == "seal" else None
    return fields.SigFieldSpec(name, on_page=page, box=box, field_mdp_spec=locks_all)


def _area_of(name: str, field: generic.DictionaryObject) -> Area | None:
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

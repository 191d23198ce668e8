"""Packs: what a country or a province decides, read from its folder and checked before it is used."""

from tinhso.kernel.packs.contents import CHANNELS, NoticeText, Pack, Packs, Role, form_on, procedure_on
from tinhso.kernel.packs.forms import FIELD_KINDS, Field, Form, FormPage, Option

__all__ = [
    "CHANNELS",
    "FIELD_KINDS",
    "Field",
    "Form",
    "FormPage",
    "NoticeText",
    "Option",
    "Pack",
    "Packs",
    "Role",
    "form_on",
    "procedure_on",
]

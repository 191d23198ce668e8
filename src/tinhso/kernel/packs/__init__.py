"""Packs: what a country or a province decides, read from its folder and checked before it is used."""

from tinhso.kernel.packs.checks import UNIT_KINDS, check_packs
from tinhso.kernel.packs.contents import CHANNELS, NoticeText, Pack, Packs, Role, form_on, procedure_on
from tinhso.kernel.packs.form_checks import InvalidForm, find_form_problems, read_form
from tinhso.kernel.packs.forms import FIELD_KINDS, Field, Form, FormPage, Option, Source
from tinhso.kernel.packs.held import find_reminders
from tinhso.kernel.packs.notices import PLACEHOLDERS, placeholders_of
from tinhso.kernel.packs.reading import InvalidPacks, read_packs

__all__ = [
    "CHANNELS",
    "FIELD_KINDS",
    "PLACEHOLDERS",
    "UNIT_KINDS",
    "Field",
    "Form",
    "FormPage",
    "InvalidForm",
    "InvalidPacks",
    "NoticeText",
    "Option",
    "Pack",
    "Packs",
    "Role",
    "Source",
    "check_packs",
    "find_form_problems",
    "find_reminders",
    "form_on",
    "placeholders_of",
    "procedure_on",
    "read_form",
    "read_packs",
]

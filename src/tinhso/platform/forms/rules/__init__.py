"""Forms without database or clock: validated, read from a browser, drawn, prefilled, summed up."""

from tinhso.platform.forms.rules.dates import LooseDate, NoDate, parse_date
from tinhso.platform.forms.rules.posting import Pressed, answers_from_post, pressed, with_rows
from tinhso.platform.forms.rules.prefilling import Held, Taken, prefill, still_taken, take_over
from tinhso.platform.forms.rules.problems import Problem
from tinhso.platform.forms.rules.rendering import View, error_summary, id_of, render_page
from tinhso.platform.forms.rules.showing import next_page, page_of, page_with, previous_page, shown_fields, shown_pages
from tinhso.platform.forms.rules.summary import answer_rows, answer_texts, text_of
from tinhso.platform.forms.rules.tables import fingerprint, table_of
from tinhso.platform.forms.rules.turning import Turn, turn_page
from tinhso.platform.forms.rules.validation import Outcome, validate
from tinhso.platform.forms.rules.values import is_blank

__all__ = [
    "Held",
    "LooseDate",
    "NoDate",
    "Outcome",
    "Pressed",
    "Problem",
    "Taken",
    "Turn",
    "View",
    "answer_rows",
    "answer_texts",
    "answers_from_post",
    "error_summary",
    "fingerprint",
    "id_of",
    "is_blank",
    "next_page",
    "page_of",
    "page_with",
    "parse_date",
    "prefill",
    "pressed",
    "previous_page",
    "render_page",
    "shown_fields",
    "shown_pages",
    "still_taken",
    "table_of",
    "take_over",
    "text_of",
    "turn_page",
    "validate",
    "with_rows",
]

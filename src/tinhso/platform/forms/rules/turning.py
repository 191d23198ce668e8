"""One page sent by a browser: what was answered, what is wrong, what is asked now that was not before."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from tinhso.kernel.packs import Form
from tinhso.platform.forms.rules.posting import (
    SHOWN,
    Post,
    Pressed,
    answers_from_post,
    pressed,
    shown_before,
    with_rows,
)
from tinhso.platform.forms.rules.problems import Problem
from tinhso.platform.forms.rules.rendering import View, render_page
from tinhso.platform.forms.rules.validation import Outcome, validate


@dataclass(frozen=True, slots=True)
class Turn:
    """
    What came of a page.

    `answers` are those of the whole draft with this page's in them, as typed: keep them whatever else holds.
    `problems` are to be shown; a question that only appeared now is not blamed for being blank.
    """

    answers: dict[str, Any]
    outcome: Outcome
    problems: tuple[Problem, ...]
    newly_asked: frozenset[str]
    pressed: Pressed | None

    @property
    def goes_on(self) -> bool:
        """Whether the next page may be shown."""
        return self.outcome.is_sound and not self.newly_asked and self.pressed is None


def turn_page(form: Form, page: str, view: View, post: Post, *, units: Container[str] | None = None) -> Turn:
    """
    Read one page that was sent.

    :param view: of it the draft's answers so far and today are looked at
    :param units: keys of the units that may be chosen; None believes any well-formed key
    :raises KeyError: the form has no such page
    """
    merged = {**view.answers, **answers_from_post(form, post, page)}
    button = pressed(form, post)
    if button is not None:
        merged = with_rows(form, merged, button)
    outcome = validate(form, merged, page=page, on=view.on, units=units)
    now_shown = frozenset(render_page(form, page, View(merged, view.on))["shown"].split())
    newly_asked = now_shown - shown_before(post) if SHOWN in post and button is None else frozenset[str]()
    blamed = () if button else tuple(each for each in outcome.problems if each.field not in newly_asked)
    return Turn(merged, outcome, blamed, newly_asked, button)

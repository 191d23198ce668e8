"""The API of forms: what is asked, and whether answers fit, judged as the pages judge it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import BeforeValidator

from tinhso.kernel.worktime import parse_day
from tinhso.platform.clock import now
from tinhso.platform.forms import queries, rules

router = Router(tags=["forms"])
FormCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,79}$", description="Mã biểu mẫu · Code of the form")]
OnDay = Annotated[
    date | None,
    BeforeValidator(parse_day),
    Query(None, description="Ngày áp dụng, mặc định hôm nay · Day of use, today by default"),
]


class FormRef(Schema):
    """A form in use."""

    code: str
    version: date


class AnswerProblemOut(Schema):
    """One thing that is wrong with an answer; `field` is the path to it."""

    field: str
    code: str
    vi: str
    en: str


class AnswersIn(Schema):
    """Answers to be judged: all of them, or those of one page beside the others."""

    answers: dict[str, Any]
    page: Annotated[str, Field(max_length=80)] = ""


class OutcomeOut(Schema):
    """What fits, what blocks, what should be looked at again."""

    is_sound: bool
    answers: dict[str, Any]
    problems: list[AnswerProblemOut]
    warnings: list[AnswerProblemOut]


class Unknown(Schema):
    """There is no such form or page."""

    code: str
    vi: str
    en: str


@router.get("/", response=list[FormRef], summary="Biểu mẫu đang dùng · Forms in use")
def list_forms(request: HttpRequest, on: OnDay = None) -> list[dict[str, Any]]:  # noqa: ARG001
    """Code and version of each."""
    return [{"code": code, "version": version} for code, version in queries.list_forms_on(on or localdate(now()))]


@router.get("/{code}/", response={200: dict[str, Any], 404: Unknown}, summary="Nội dung biểu mẫu · What a form asks")
def show_form(request: HttpRequest, code: FormCode, on: OnDay = None) -> Any:  # noqa: ARG001
    """Pages, fields, conditions and options, as the packs define them."""
    form = queries.find_form_on(code, on or localdate(now()))
    return Status(200, rules.table_of(form)) if form else Status(404, _unknown_form())


@router.post(
    "/{code}/validate/", response={200: OutcomeOut, 404: Unknown}, summary="Kiểm tra câu trả lời · Judge answers"
)
def validate(request: HttpRequest, code: FormCode, told: AnswersIn, on: OnDay = None) -> Any:  # noqa: ARG001
    """All problems at once, the same as on the pages. Nothing is kept."""
    today = localdate(now())
    form = queries.find_form_on(code, on or today)
    if form is None:
        return Status(404, _unknown_form())
    try:
        outcome = rules.validate(form, told.answers, page=told.page or None, on=today)
    except KeyError:
        return Status(
            404, {"code": "unknown_page", "vi": "Biểu mẫu không có trang này.", "en": "The form has no such page."}
        )
    return Status(200, _told(outcome))


def _told(outcome: rules.Outcome) -> dict[str, Any]:
    return {
        "is_sound": outcome.is_sound,
        "answers": outcome.answers,
        "problems": [_problem(each) for each in outcome.problems],
        "warnings": [_problem(each) for each in outcome.warnings],
    }


def _problem(problem: rules.Problem) -> dict[str, str]:
    return {"field": problem.field, "code": problem.code, "vi": problem.vi, "en": problem.en}


def _unknown_form() -> dict[str, str]:
    return {"code": "unknown_form", "vi": "Không có biểu mẫu này.", "en": "There is no such form."}

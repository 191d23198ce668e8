"""The root of the API: every app's router below /api/v1/, and what it answers to a request that is none."""

from http import HTTPStatus
from typing import Any, Final

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from tinhso.platform.capability import Capability

WORDS: Final = {
    400: ("unreadable", "Không đọc được nội dung gửi lên.", "The body of the request cannot be read."),
    401: ("not_signed_in", "Hãy đăng nhập trước.", "Sign in first."),
    403: ("forbidden", "Bạn không được làm việc này.", "You may not do this."),
    404: ("unknown", "Không có địa chỉ hoặc thứ này.", "There is no such address or thing."),
    422: ("invalid_request", "Yêu cầu không đúng mẫu, xem `problems`.", "The request does not fit, see `problems`."),
}


class RequestProblem(Schema):
    """One thing that is wrong with a request; `field` is the path to it."""

    field: str
    code: str
    vi: str
    en: str


class RequestRefusal(Schema):
    """Why a request was not looked at, for machines and in words."""

    code: str
    vi: str
    en: str
    problems: list[RequestProblem] = []


class Api(NinjaAPI):
    """The API; its description also says how a request is refused before any app sees it."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description of every operation, with the refusals that each of them can meet."""
        found = super().get_openapi_schema(**options)
        schemas = found["components"].setdefault("schemas", {})
        for schema in (RequestProblem, RequestRefusal):
            schemas[schema.__name__] = schema.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas[schema.__name__].pop("$defs", None)
        for methods in found["paths"].values():
            for operation in methods.values():
                for status in _refusals_of(operation):
                    operation["responses"].setdefault(status, _described(status))
        return found


def _refusals_of(operation: dict[str, Any]) -> list[int]:
    """The statuses with which a request of that kind may be refused before the operation sees it."""
    met = [422] if operation.get("parameters") or "requestBody" in operation else []
    met += [400] if "application/json" in operation.get("requestBody", {}).get("content", {}) else []
    return met + ([401, 403] if "security" in operation else [])


def _described(status: int) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{RequestRefusal.__name__}"}}}
    return {"description": HTTPStatus(status).phrase, "content": content}


api = Api(title="tinhso", version="1", docs_url="docs", openapi_url="openapi.json", urls_namespace="api")


def _refuse(request: HttpRequest, status: int, problems: list[RequestProblem] | None = None) -> HttpResponse:
    code, vi, en = WORDS[status]
    refusal = RequestRefusal(code=code, vi=vi, en=en, problems=problems or [])
    return api.create_response(request, refusal.model_dump(), status=status)


@api.exception_handler(ValidationError)
def _does_not_fit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [
        RequestProblem(
            field=".".join(str(part) for part in each["loc"]),
            code=each["type"],
            vi="Thiếu." if each["type"] == "missing" else "Giá trị không đúng.",
            en=each["msg"],
        )
        for each in error.errors
    ]
    return _refuse(request, 422, problems)


@api.exception_handler(Http404)
def _nothing_there(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _refuse(request, 404)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code in WORDS:
        return _refuse(request, error.status_code)
    return api.create_response(request, {"detail": str(error)}, status=error.status_code)


def _mount() -> None:
    for config in apps.get_app_configs():
        if isinstance(config, Capability) and (http := config.part("http")):
            api.add_router(config.api_address or f"/{config.label}/", http.router)


_mount()

"""`tinhso openapi`: the description of the API, kept in docs/ so that a change of it is seen."""

import json
from typing import Any

import click


def description() -> dict[str, Any]:
    """The OpenAPI document of the running code, with Vietnamese texts."""
    from django.utils import translation

    from tinhso.host.api import api

    with translation.override("vi"):
        found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return found


@click.command(help="Ghi mô tả API vào docs/api/openapi.json · Write the description of the API.")
@click.option("--check", is_flag=True, help="Chỉ so, báo lỗi nếu khác · Only compare, fail when it differs.")
def command(*, check: bool) -> None:
    """Write docs/api/openapi.json, or fail when it is out of date."""
    from tinhso.host.cli import start_django

    start_django(database=False)
    from django.conf import settings

    path = settings.PROJECT_ROOT / "docs/api/openapi.json"
    text = json.dumps(description(), ensure_ascii=False, indent=1) + "\n"
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    elif not path.exists() or path.read_text() != text:
        raise click.ClickException(
            "docs/api/openapi.json không khớp mã nguồn; hãy chạy `tinhso openapi` rồi xem khác biệt"
            " · is out of date; run `tinhso openapi` and look at the difference"
        )

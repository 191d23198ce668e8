"""Filing by hand: the fields checked one after the other, everything written by one prepared statement."""

import json
import secrets
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest, JsonResponse

TEXTS = (
    "child_name", "child_sex", "birth_place_kind", "child_ethnic_group", "child_home_town", "child_nationality", "mother_name",
    "mother_ethnic_group", "mother_nationality", "mother_residence", "requester_name", "requester_relation",
    "requester_residence", "requester_phone", "delivery",
)  # fmt: skip
FILE = """
with allowed as (
    select 1 from counter_file where sha256 = $6::text and owner_id = $3::bigint limit 1
), opened as (
    insert into counter_case (public_id, procedure, state, unit_key, applicant_id, title, answers, filed_at, hash)
    select $1::text, '1.001193', 'registered', $2::text, $3::bigint, $4::text, $5::jsonb, $7::timestamptz, encode(sha256(convert_to(
        concat_ws(E'\\n', repeat('0', 64), $1::text, '1', 'filed', ($3::bigint)::text, $7::timestamptz::text, $8::text), 'UTF8')), 'hex') from allowed
    returning id, hash
), held as (
    insert into counter_item (case_id, unit_key, role, opened_at) select id, $2::text, 'receptionist', $7::timestamptz from opened
), handed_in as (
    insert into counter_paper (case_id, code, sha256) select id, 'birth_proof', $6::text from opened
), told as (
    insert into counter_fact (case_id, sequence, kind, actor, happened_at, body, previous_hash, hash)
    select id, 1, 'filed', ($3::bigint)::text, $7::timestamptz, $8::text, repeat('0', 64), hash from opened
)
insert into counter_request (owner_id, key, case_id) select $3::bigint, $9::text, id from opened returning case_id
"""


def file(request: HttpRequest) -> JsonResponse:
    """Take a filing in."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "not_signed_in"}, status=401)
    told = json.loads(request.body)
    answers = told["answers"]
    wrong = _wrong(answers)
    if wrong:
        return JsonResponse({"problems": wrong}, status=422)
    now, public_id = datetime.now(UTC), f"TS-{secrets.token_hex(6)}"
    values: list[Any] = [public_id, told["unit"], request.user.pk, answers["child_name"], json.dumps(answers)]
    values += [told["papers"]["birth_proof"][0], now, json.dumps({"papers": 1}), request.headers["Idempotency-Key"]]
    connection.ensure_connection()
    found = psycopg.RawCursor(connection.connection).execute(FILE, values, prepare=True).fetchone()
    if found is None:
        return JsonResponse({"problems": [{"field": "papers"}]}, status=422)
    return JsonResponse({"public_id": public_id}, status=201)


def _wrong(answers: dict[str, Any]) -> list[dict[str, str]]:
    wrong = [
        name for name in TEXTS if not isinstance(answers.get(name), str) or not 0 < len(answers[name].strip()) <= 200
    ]
    for name in ("mother_number", "requester_number"):
        value = answers.get(name, "")
        if not (isinstance(value, str) and len(value) == 12 and value.isdigit()):
            wrong.append(name)
    try:
        if date.fromisoformat(answers.get("child_birth_date", "")) > datetime.now(UTC).date():
            wrong.append("child_birth_date")
    except ValueError:
        wrong.append("child_birth_date")
    if answers.get("birth_place_kind") == "health_facility" and not answers.get("birth_facility"):
        wrong.append("birth_facility")
    return [{"field": name} for name in wrong]

"""Keeping the rules that the packs have now."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.platform.watch.models import WarningRule
from tinhso.platform.watch.rules import read_rule


@transaction.atomic
def load_rules(*, tables: Iterable[Mapping[str, Any]], now: datetime) -> int:  # noqa: ARG001 - one shape for all
    """
    Make the rules those of the packs; returns how many there are. Safe to repeat.

    :raises WrongRule: a table is no rule
    """
    rows = [
        WarningRule(code=read_rule(table).code, body=json.loads(json.dumps(dict(table), default=str)))
        for table in tables
    ]
    WarningRule.objects.exclude(code__in=[row.code for row in rows]).delete()
    WarningRule.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=["body"])
    return len(rows)

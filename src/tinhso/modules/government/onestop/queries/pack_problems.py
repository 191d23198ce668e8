"""What only the one-stop module can tell is wrong with the packs: a result that is to be sealed has no place for its number."""

from collections.abc import Iterator

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs import Packs
from tinhso.modules.government.onestop.adapters import NoTemplate, find_result

WRITTEN_AREAS = ('"number"', '"date"')


def find_problems(packs: Packs) -> Iterator[Problem]:
    """Each procedure whose clerk writes number and date on a template that has no fields for them."""
    for procedure in packs.procedures.values():
        seals = any("seal_result" in step.effects for step in procedure.steps)
        if not (seals and procedure.result and procedure.result.template):
            continue
        try:
            template = find_result(procedure.result.template)
        except NoTemplate:
            continue  # said where results are checked
        words = template.read_text()
        if not all(area in words for area in WRITTEN_AREAS):
            name = f"{procedure.code} {procedure.version}"
            yield Problem(
                "no_place_for_number",
                f"{name}: văn thư cấp số và đóng dấu, nhưng mẫu “{template.stem}” không có ô number và date.",
                f"{name}: the clerk numbers and seals, but template “{template.stem}” has no areas number and date.",
                path=str(template),
            )

"""Registration of the indices of digital transformation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding, MenuItem, Panel, PanelAsked, Scored, Scoring

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs


class DtiConfig(Capability):
    """Editions of the DTI and of QĐ 766: scoring, published values, self-assessment, planner."""

    name = "tinhso.modules.insight.dti"
    label = "dti"
    address = "dti/"
    api_address = "/dti/"
    menu = (
        MenuItem("portal", _("Chuyển đổi số"), "dti:overview", order=86),
        MenuItem("workspace", _("Chuyển đổi số"), "dti:overview", order=86),
        MenuItem("operations", _("Chuyển đổi số"), "dti:overview", order=86),
    )

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep the packs' editions, lists of criteria and published figures. :raises BadPack: one of them is wrong"""
        from tinhso.modules.insight.dti import actions
        from tinhso.modules.insight.dti.adapters import packs as pack_files

        actions.load_folder(folder=pack_files.read_folder(packs), now=now)

    def load_demonstration(self, now: datetime) -> None:
        """An invented self-assessment of the demonstration's province."""
        from tinhso.modules.insight.dti import actions

        actions.load_demonstration(now=now)

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002 - the same at any moment
        """Self-assessments that wait for a review or a signature, figures that contradict each other."""
        from tinhso.modules.insight.dti.queries.watching import count_conflicts, count_waiting

        if waiting := count_waiting():
            text = gettext("%(count)s bản tự đánh giá chuyển đổi số đang chờ rà soát hoặc ký.")
            yield Finding("warning", text % {"count": waiting}, gettext("Mở trang “Tự đánh giá”."))
        conflicts = count_conflicts()
        yield Finding(
            "well", gettext("Số DTI đã công bố: %(count)s chỗ các nguồn nói khác nhau.") % {"count": conflicts}
        )

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Editions and lists that are incomplete or contradict themselves, figures that cannot be read."""
        from tinhso.modules.insight.dti.adapters import packs as pack_files

        return pack_files.read_folder(packs).problems

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """Where the province stands."""
        from tinhso.modules.insight.dti.pages.panels import draw_standing

        return {"dti.standing": draw_standing}

    def scoring(self) -> Scoring:
        """The packs' editions."""
        return _Scoring()


class _Scoring:
    """Scoring as the command line works on it; it needs no database."""

    def editions(self) -> Sequence[tuple[str, str]]:
        """Code and name of each edition, with the decision it stands on."""
        from tinhso.modules.insight.dti.queries.scoring import list_pack_editions

        return [(each.code, f"{each.name.vi} · {each.legal.vi}") for each in list_pack_editions().values()]

    def score(self, content: bytes, edition: str, merge: str) -> Scored:
        """Score a sheet. :raises Said: it cannot be done, with row, column and remedy"""
        from tinhso.modules.insight.dti.queries import scoring

        chosen = scoring.get_pack_edition(edition)
        scores, ignored = scoring.score_content(content, chosen, merge)
        remarks = [f"{chosen.name.vi}, {chosen.legal.vi}"]
        remarks += [f"Cột không dùng · columns not used: {', '.join(ignored)}"] if ignored else []
        return Scored(scoring.as_json(chosen, scores, ignored, merge), scoring.as_table(chosen, scores), remarks)

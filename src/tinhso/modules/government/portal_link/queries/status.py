"""The state of the link in a few lines, for the command line."""

from datetime import datetime

from tinhso.modules.government.portal_link.models import Comparison, Submission
from tinhso.modules.government.portal_link.queries.comparing import find_comparison, list_differences
from tinhso.modules.government.portal_link.queries.incoming import count_quarantined
from tinhso.modules.government.portal_link.queries.outbox import get_overview, list_messages
from tinhso.modules.government.portal_link.rules.sending import reason_in_words
from tinhso.platform.wording import span

SHOWN = 20


def list_status(now: datetime) -> list[str]:
    """Counts, age, circuit, the stuck messages with their reasons, the last comparison."""
    overview, last = get_overview(now), find_comparison(None)
    lines = [
        f"Chờ gửi · waiting          {overview.waiting}",
        f"Bị kẹt · stuck             {overview.stuck}",
        f"Đã gửi 24 giờ · delivered  {overview.delivered}",
        f"Tin cũ nhất · oldest       {span(overview.age(now)) if overview.oldest_at else '–'}",
        f"Từ Cổng, chờ nhận · to take in  {Submission.objects.filter(state=Submission.WAITING).count()}",
        f"Từ Cổng, cách ly · quarantine   {count_quarantined()}",
    ]
    if overview.rests_until:
        lines.append(
            f"Cổng không trả lời, nghỉ đến · resting until {overview.rests_until:%H:%M:%S} UTC: {overview.trouble_words}"
        )
    for row in list_messages("stuck", SHOWN):
        said = reason_in_words(row.trouble, row.trouble_code, row.trouble_words)
        lines.append(f"  {row.portal_code} #{row.sequence} {row.call}: {said}")
    return [*lines, *(lines_of(last) if last else ["Chưa đối soát lần nào · never compared"])]


def lines_of(comparison: Comparison) -> list[str]:
    """The figures of a comparison and its first differences."""
    figures = "  ".join(f"{name} {count}" for name, count in comparison.figures.items())
    lines = [
        f"Đối soát · compared {comparison.compared_at:%Y-%m-%d %H:%M} UTC, {comparison.days} ngày · days: {figures}"
    ]
    lines += [
        f"  Cổng chưa có · unknown {name}: {', '.join(codes)}"
        for name, codes in comparison.unknown_codes.items()
        if codes
    ]
    if comparison.unanswered:
        lines.append(f"  không trả lời · unanswered {comparison.unanswered}")
    lines += [
        f"  {row.portal_code}  {row.standing}  ta · ours {row.ours}  Cổng · theirs {row.theirs}"
        for row in list_differences(comparison.pk)[:SHOWN]
    ]
    return lines

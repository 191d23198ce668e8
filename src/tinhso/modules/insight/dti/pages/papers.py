"""A plan dressed for its pages: the choice line by line, what was left and why, standing before and after, what is unknown."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.pictures import basis_of, index_bars
from tinhso.modules.insight.dti.pages.words import NONE, bounds, money, rank_of, signed, standing, table, told
from tinhso.modules.insight.dti.queries.planning import FIRST_TEN, OfferRow, Paper
from tinhso.modules.insight.dti.queries.published import mean_and_best
from tinhso.modules.insight.dti.rules.planning import points_for_money, why_left
from tinhso.platform.wording import number, said

MOST_RIVALS = 15
BILLION = 1_000_000_000


def dress_paper(paper: Paper) -> dict[str, Any]:
    """What the templates of the planner show of a plan."""
    others = mean_and_best(paper.against, paper.opened.edition)
    return {
        "figures": _figures(paper),
        "verdict": _verdict(paper),
        "lines": _lines(paper) if paper.plan.lines else None,
        "sums": _sums(paper),
        "left": _left(paper) if paper.plan.left else None,
        "bars": index_bars(paper.opened.edition, paper.opened.total.values(), others, paper.after.values()),
        "basis": basis_of(others),
        "with_plan": True,
        "rivals": _rivals(paper) if paper.others else None,
        "honest": _honest(paper),
        "against": paper.against.year,
        "budget": _budget(paper),
    }


def _budget(paper: Paper) -> str:
    parts = []
    if paper.budget.money is not None:
        parts.append(money(paper.budget.money))
    if paper.budget.effort is not None:
        parts.append(_("%(days)s ngày công") % {"days": number(paper.budget.effort)})
    return ", ".join(parts) or _("không giới hạn")


def _figures(paper: Paper) -> list[dict[str, Any]]:
    before, after = paper.opened.total, paper.after
    year = {"year": paper.against.year}
    rows = [
        (_("Điểm tổng tự chấm"), told(before.composite), _("%(points)s điểm") % {"points": number(before.points)}, ""),
        (_("Sau kế hoạch"), told(after.composite), f"{signed(after.points - before.points)} {_('điểm')}", "ok"),
        (_("Hạng trên giấy, trước"), standing(paper.standing_before), _("công bố: %(rank)s") % {"rank": rank_of(paper.own)}, ""),
        (_("Hạng trên giấy, sau"), standing(paper.standing_after), _("giữ nguyên các tỉnh khác"), "ok"),
    ]  # fmt: skip
    period = _("so với bảng %(year)s") % year
    return [{"title": t, "value": v, "basis": b, "kind": k, "period": period} for t, v, b, k in rows]


def _verdict(paper: Paper) -> dict[str, str] | None:
    """Whether the plan surely reaches the first ten, and if not, what is missing."""
    after, needed = paper.standing_after, paper.for_ten
    if after is None or needed is None or not paper.plan.lines:
        return None
    told_all = {"ten": FIRST_TEN, "needed": told(needed), "after": told(paper.after.composite)}
    if after.worst <= FIRST_TEN:
        text = _("Chắc chắn trong %(ten)s tỉnh đầu trên giấy: %(after)s không thấp hơn mức cần %(needed)s.") % told_all
        return {"kind": "success", "text": text}
    missing = number((needed - paper.after.composite) * paper.opened.edition.total)
    text = _("Chưa chắc vào %(ten)s tỉnh đầu: cần %(needed)s, mới đạt %(after)s") % told_all
    text += ", " + _("còn thiếu %(points)s điểm.") % {"points": missing}
    if after.best <= FIRST_TEN:
        text += " " + _("Có thể đã vào, vì điểm của một số tỉnh chỉ biết trong khoảng.")
    return {"kind": "warning", "text": text}


def _lines(paper: Paper) -> dict[str, Any]:
    columns = [
        (_("Việc"), ""), (_("Điểm"), "num"), (_("Thêm"), "num"), (_("Chi phí"), "num"),
        (_("Công"), "num"), (_("Điểm cho 1 tỷ đồng"), "num"), (_("Cộng dồn điểm"), "num"), (_("Cộng dồn chi phí"), "num"),
    ]  # fmt: skip
    rows = []
    for line in paper.plan.lines:
        row = paper.row(line.offer.key)
        worth = points_for_money(line.offer, BILLION)
        rows.append(
            [
                {"text": said(row.criterion.name), "note": row.note},
                f"{number(row.before)}\u00a0→\u00a0{number(row.after)}",
                signed(row.after - row.before),
                money(line.offer.money),
                number(line.offer.effort),
                number(worth) if worth is not None else _("không mất tiền"),
                signed(_total(paper, line.offer.key)),
                money(line.money),
            ]
        )
    return table(columns, rows, _("Việc nên làm"))


def _total(paper: Paper, key: int) -> Decimal:
    """Points gained up to that line, as told: the sum of the rounded lines."""
    total = Decimal(0)
    for line in paper.plan.lines:
        row = paper.row(line.offer.key)
        total += row.after - row.before
        if line.offer.key == key:
            break
    return total


def _sums(paper: Paper) -> list[str]:
    """The arithmetic of the whole, in lines."""
    before, after, most = paper.opened.total, paper.after, paper.opened.edition.total
    gains = [paper.row(line.offer.key) for line in paper.plan.lines]
    added = " + ".join(number(row.after - row.before) for row in gains) or "0"
    return [
        f"{_('Điểm thêm')}: {added} = {number(after.points - before.points)}",
        f"{_('Điểm sau')}: {number(before.points)} + {number(after.points - before.points)} = {number(after.points)}",
        f"{_('Điểm tổng')}: {number(after.points)} ÷ {number(most)} = {told(after.composite)}",
        f"{_('Chi phí')}: {money(paper.plan.money)} · {_('công sức')}: {number(paper.plan.effort)} {_('ngày công')} · {_('ngân sách')}: {_budget(paper)}",
    ]


def _left(paper: Paper) -> dict[str, Any]:
    reasons = {
        "nothing": _("không thêm điểm so với hiện tại"),
        "level": _("đã chọn mức khác của tiêu chí này"),
        "money": _("vượt kinh phí còn lại; đổi lấy việc khác thì tổng điểm thấp hơn"),
        "effort": _("vượt công sức còn lại; đổi lấy việc khác thì tổng điểm thấp hơn"),
        "swap": _("chọn việc khác được nhiều điểm hơn"),
    }
    columns = [(_("Chưa chọn"), ""), (_("Thêm"), "num"), (_("Chi phí"), "num"), (_("Công"), "num"), (_("Vì sao"), "")]
    rows = []
    for offer in paper.plan.left:
        row: OfferRow = paper.row(offer.key)
        reason = reasons[why_left(offer, paper.plan, paper.budget)]
        title = {"text": said(row.criterion.name), "note": row.note or row.reach}
        rows.append([title, signed(row.after - row.before), money(offer.money), number(offer.effort), reason])
    return table(columns, rows, _("Chưa chọn"))


def _rivals(paper: Paper) -> dict[str, Any]:
    """The first of the others, with what is known of their composites."""
    columns = [(_("Tỉnh"), ""), (_("Hạng công bố"), "num"), (_("Điểm tổng"), "num"), (_("So với sau kế hoạch"), "")]
    rows = []
    for other in paper.others[:MOST_RIVALS]:
        title = other.rival.name or _("chưa biết tỉnh nào")
        mine = paper.after.composite
        compared = (
            _("cao hơn") if other.low > mine else _("thấp hơn hoặc bằng") if other.high <= mine else _("chưa biết")
        )
        rows.append([title, str(other.rival.rank or NONE), bounds(other), compared])
    return table(columns, rows, _("Các tỉnh đứng đầu"))


def _honest(paper: Paper) -> list[str]:
    """What is not known, and what the ranks therefore are."""
    if not paper.others:
        return [_("Chưa có bảng công bố nào của bộ chỉ số này để so hạng.")]
    lines = [_("Hạng trên giấy giữ nguyên điểm đã công bố của các tỉnh khác; năm sau họ cũng thay đổi.")]
    if paper.unknown:
        counted = {"unknown": paper.unknown, "all": len(paper.others)}
        lines.append(
            _(
                "Điểm tổng của %(unknown)s trên %(all)s tỉnh khác chưa thấy công bố: chỉ biết không cao hơn tỉnh xếp trên"
                " và không thấp hơn tỉnh xếp dưới, nên hạng là một khoảng."
            )
            % counted
        )
    if paper.former:
        names = ", ".join(paper.former)
        lines.append(_("Tỉnh được gộp từ %(names)s: hạng trên giấy so với các tỉnh khác của năm ấy, không kể các tỉnh này.") % {"names": names})  # fmt: skip
    if paper.own is not None and paper.own.value is None and paper.own.rank is not None:
        lines.append(
            _("Điểm công bố của tỉnh chưa biết, chỉ biết hạng %(rank)s: điểm “trước” là số tự chấm.")
            % {"rank": rank_of(paper.own)}
        )
    return lines

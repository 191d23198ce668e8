"""A report that has one cell of each sort, for the tests of workbooks and of what is printed."""

from datetime import date
from decimal import Decimal

from tinhso.kernel.flow import Text
from tinhso.modules.government.reporting.rules.filling import Content, Entry
from tinhso.modules.government.reporting.rules.periods import MONTH, PeriodRule
from tinhso.modules.government.reporting.rules.sheets import Asked
from tinhso.modules.government.reporting.rules.templates import (
    ADD,
    DIVIDE,
    MONEY,
    RECEIVER,
    SHARE,
    TEXT,
    YES_NO,
    Cell,
    Column,
    Derivation,
    Formula,
    Regime,
    Row,
    Sheet,
    Template,
)

PEOPLE, PERCENT = Text("hồ sơ", "dossiers"), Text("%", "%")
COLUMNS = (Column("online", Text("Trực tuyến", "Online")), Column("paper", Text("Trực tiếp", "On paper")), Column("all", Text("Tổng", "All")))  # fmt: skip


def cells() -> dict[str, Cell]:
    parts, of_all = ("received.online", "received.paper"), ("resolved.all", "received.all")
    found = [
        Cell("received.online", "received", "online", unit=PEOPLE),
        Cell("received.paper", "received", "paper", unit=PEOPLE),
        Cell("received.all", "received", "all", unit=PEOPLE, formula=Formula(ADD, parts)),
        Cell("resolved.all", "resolved", "all", unit=PEOPLE, derived=Derivation("cases")),
        Cell("share.all", "share", "all", SHARE, PERCENT, 2, formula=Formula(DIVIDE, of_all, Decimal(100))),
        Cell("typed_share.all", "typed_share", "all", SHARE, PERCENT, 2, required=False),
        Cell("cost.all", "cost", "all", MONEY, Text("đồng", "dong"), required=False),
        Cell("trained.all", "trained", "all", YES_NO, required=False),
        Cell("words.all", "words", "all", TEXT, required=False),
        Cell("judged.all", "judged", "all", TEXT, required=False, filled_by=RECEIVER),
    ]
    return {cell.key: cell for cell in found}


def names(**said: str) -> tuple[Row, ...]:
    return tuple(Row(code, Text(name, name), str(at), depth=at % 2) for at, (code, name) in enumerate(said.items(), 1))


ROWS = names(received="Hồ sơ tiếp nhận", resolved="Đã giải quyết", share="Tỷ lệ", typed_share="Tỷ lệ tự đánh giá", cost="Kinh phí", trained="Đã tập huấn", words="Kiến nghị", judged="Nhận xét của tỉnh")  # fmt: skip
TEMPLATE = Template(
    (Sheet("work", Text("Giải quyết: thủ tục/hành chính [tháng]", "Work"), COLUMNS, ROWS[:3]), Sheet("more", Text("Việc khác", "More"), COLUMNS[2:], ROWS[3:])),
    cells(),
)  # fmt: skip
REGIME = Regime(
    "work_month", date(2026, 1, 1), Text("Báo cáo tháng", "Monthly"), Text(), "periodic", PeriodRule(MONTH), (), TEMPLATE,
    instructions=Text("Đếm theo ngày tiếp nhận.\nXem Thông tư.", "Count."),
)  # fmt: skip
FILLED: Content = {
    "received.online": Entry(typed=Decimal(1684), provenance="typed"),
    "received.paper": Entry(typed=Decimal(16), provenance="typed", note="Mất điện hai ngày"),
    "resolved.all": Entry(derived=Decimal(1683)),
    "words.all": Entry(typed="=1+2 không phải công thức\nDòng hai", provenance="typed"),
    "trained.all": Entry(typed=True, provenance="typed"),
}
ASKED = Asked("BC-1", REGIME, "UBND xã Đồng Đăng", "Tháng 11 năm 2026", 4, FILLED, ("Hạn nộp: 17:00 16/11/2026",))

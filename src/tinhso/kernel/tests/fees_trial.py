"""Fees of real procedures as their tables say them, for the tests of fees."""

import tomllib

from tinhso.kernel.flow import Fee, read_procedure

CERTIFICATION = """
code = "certification"
kind = "fee"
name = { vi = "Phí chứng thực bản sao", en = "Certification of copies" }
prices = [{ tiers = [{ up_to = 2, amount_dong = 2000 }, { amount_dong = 1000 }], cap_dong = 200000 }]
per = "pages"
times = "copies"
unit = { vi = "trang", en = "page" }
"""
RESIDENCE = """
code = "residence"
name = { vi = "Lệ phí đăng ký thường trú", en = "Residence" }
prices = [{ channels = ["online"], amount_dong = 10000 }, { amount_dong = 20000 }]
exemptions = [
  { code = "poor", name = { vi = "Hộ nghèo", en = "Poor households" }, when = { field = "class", equals = "poor" } },
  { code = "child", name = { vi = "Trẻ em", en = "Children" }, when = { field = "class", equals = "child" }, percent = 50 },
  { code = "merit", name = { vi = "Người có công", en = "Merit" } },
]
"""
LICENCE = """
code = "licence"
name = { vi = "Lệ phí cấp giấy phép lái xe", en = "Driving licence" }
amount_dong = 135000
reductions = [
  { code = "online", name = { vi = "Nộp trực tuyến", en = "Online" }, until = "2025-12-31", channels = ["online"], amount_dong = 115000 },
  { code = "digital", name = { vi = "Công dân số (Nghị quyết 66.22/2026/NQ-CP)", en = "Digital citizens" }, from = "2026-08-15", until = "2027-02-28", channels = ["online"], percent = 50 },
]
"""
STATUS = """
code = "certificate"
name = { vi = "Lệ phí cấp giấy xác nhận", en = "Certificate" }
set_by = "province"
"""
TAX = """
code = "land_tax"
kind = "tax"
name = { vi = "Thuế và lệ phí trước bạ", en = "Taxes on land" }
assessed_by = { vi = "Cơ quan thuế", en = "The tax office" }
"""
ASKING = """
code = "opinion"
version = "2025-07-01"
kind = "dossier"
name = { vi = "x", en = "x" }
flow = { start = "filed", final = ["done", "lapsed"] }
[[fee]]
code = "land_tax"
name = { vi = "Thuế", en = "Tax" }
assessed_by = { vi = "Cơ quan thuế", en = "The tax office" }
[[state]]
code = "filed"
name = { vi = "x", en = "x" }
holder = "handler"
[[state]]
code = "paying"
name = { vi = "x", en = "x" }
wait = { for = "payment", limit = { amount = 30, unit = "day" }, then = "lapse" }
[[state]]
code = "done"
name = { vi = "x", en = "x" }
[[state]]
code = "lapsed"
name = { vi = "x", en = "x" }
[[step]]
act = "ask"
name = { vi = "x", en = "x" }
source = "filed"
target = "paying"
role = "handler"
fact = "asked"
effects = ["ask_payment"]
[[step]]
act = "pay"
name = { vi = "x", en = "x" }
source = "paying"
target = "done"
role = "system"
fact = "paid"
[[step]]
act = "lapse"
name = { vi = "x", en = "x" }
source = "paying"
target = "lapsed"
role = "system"
fact = "lapsed"
"""


def fees(*rows: str) -> tuple[Fee, ...]:
    """The fees of a procedure with these rows."""
    table = {"fee": [tomllib.loads(row) for row in rows], "name": {"vi": "x", "en": "x"}}
    what = {"code": "9.000001", "version": "2025-07-01", "kind": "dossier", "service_level": "info_only"}
    return read_procedure(what | table).fees

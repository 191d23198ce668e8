"""The gallery of the design system: every layout and component with invented people and figures, for eyes and tests."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PAGES = {
    "parts": "gallery.html",
    "home": "home.html",
    "workspace": "gallery_workspace.html",
    "board": "gallery_board.html",
}

LINE = [96.1, 95.2, 97.4, 97.0, 98.2, 97.9, 98.6, 98.1, 98.9, 98.4, 99.0, 98.96]
FIGURES = [
    {
        "title": "Hồ sơ đúng hạn",
        "value": "98,96",
        "unit": "%",
        "kind": "ok",
        "period": "quý I/2026",
        "as_of": "31/03/2026",
        "basis": "94.298 trên 95.289 hồ sơ",
        "url": "#",
        "definition_url": "#",
        "line": LINE,
    },
    {"title": "Trung bình một hồ sơ", "value": "1,8", "unit": "ngày", "period": "quý I/2026", "definition_url": "#"},
    {
        "title": "Hồ sơ không rõ ai đang giữ",
        "value": "0",
        "kind": "ok",
        "period": "bây giờ",
        "as_of": "09:41",
        "definition_url": "#",
    },
    {
        "title": "Xe trong bãi",
        "value": "412",
        "unit": "xe",
        "period": "trực tiếp",
        "as_of": "07:15",
        "stale": True,
        "line": [3, 5, 2, 7, 6, 8, 4, 6],
    },
]
TILES = (
    ("child", "Có con nhỏ", ("Khai sinh, thường trú, bảo hiểm: nộp một lần", "Cải chính hộ tịch"), "12 việc"),
    ("land", "Nhà và đất", ("Chuyển nhượng quyền sử dụng đất", "Xem thửa đất, quy hoạch"), "31 việc"),
    ("shop", "Làm ăn, buôn bán", ("Đăng ký hộ kinh doanh", "An toàn thực phẩm"), "48 việc"),
    ("vehicle", "Xe cộ, đi lại", ("Đổi giấy phép lái xe", "Khai báo xe hàng qua cửa khẩu"), "19 việc"),
    ("paper", "Giấy tờ của tôi", ("Giấy tờ đã cấp", "Ai đã xem dữ liệu của tôi"), ""),
    ("voice", "Phản ánh, góp ý", ("Báo một việc ở nơi tôi sống", "Đánh giá hồ sơ đã làm"), ""),
)
EVENTS = [
    {"icon": icon, "title": title, "links": [{"url": "#", "text": text} for text in links], "note": note}
    for icon, title, links, note in TILES
]
POPULAR = [
    {"url": "#", "text": text}
    for text in ("khai sinh", "xác nhận độc thân", "mở hộ kinh doanh", "đổi bằng lái xe", "sang tên sổ đỏ")
]
CHART = {
    "rules": [{"y": "20%", "text": "100%"}, {"y": "80%", "text": "90%"}],
    "pieces": [{"x1": "20%", "y1": "60%", "x2": "90%", "y2": "30%"}],
    "points": [{"x": "20%", "y": "60%", "text": "10/2026: 93,3%"}, {"x": "90%", "y": "30%", "text": "11/2026: 98,3%"}],
    "months": [{"x": "20%", "text": "10/2026"}, {"x": "90%", "text": "11"}],
    "events": [{"x": "55%", "number": 1, "texts": ["08/10/2026–10/10/2026: Hệ thống ngừng để nâng cấp"]}],
}  # fmt: skip
FIELDS = [
    {
        "name": "child_name",
        "label": "Họ, chữ đệm, tên của con",
        "hint": "Viết như trong giấy chứng sinh, có dấu",
        "error": "Hãy viết họ và tên của con",
        "max_length": 60,
        "width": "30",
    },
    {
        "name": "mother_number",
        "label": "Số định danh của mẹ",
        "value": "020190001234",
        "inputmode": "numeric",
        "width": "20",
        "readonly": True,
        "source": "Lấy từ tài khoản của bạn, không phải khai lại",
    },
    {
        "name": "born_on",
        "kind": "date_parts",
        "label": "Con sinh ngày nào?",
        "hint": "Ví dụ: 20 11 2026",
        "value": {"day": "31", "month": "2", "year": "2026"},
        "error": "Tháng 2 không có ngày 31. Hãy xem lại ngày sinh",
    },
    {"name": "filed_on", "kind": "date", "label": "Ngày lập", "value": "2026-11-20", "width": "10"},
    {
        "name": "sex",
        "kind": "radios",
        "label": "Giới tính",
        "inline": True,
        "options": [{"value": "f", "text": "Nữ"}, {"value": "m", "text": "Nam"}],
        "value": "f",
    },
    {
        "name": "delivery",
        "kind": "checkboxes",
        "label": "Nhận kết quả ở đâu?",
        "options": [
            {"value": "app", "text": "Trong Giấy tờ của tôi", "selected": True, "hint": "Có giá trị như bản giấy"},
            {"value": "desk", "text": "Bản giấy tại quầy"},
        ],
    },
    {
        "name": "nation",
        "kind": "select",
        "label": "Dân tộc",
        "value": "tay",
        "options": [
            {"value": "tay", "text": "Tày"},
            {"value": "nung", "text": "Nùng"},
            {"value": "dao", "text": "Dao"},
        ],
    },
    {"name": "fee", "label": "Lệ phí", "value": "150.000", "unit": "đ", "width": "10", "inputmode": "numeric"},
    {"name": "note", "kind": "textarea", "label": "Điều bạn muốn nói thêm", "optional": True, "max_length": 500},
    {
        "name": "proof",
        "kind": "file",
        "label": "Ảnh giấy chứng sinh",
        "hint": "Ảnh chụp hoặc PDF, tối đa 10 MB. Ảnh được xoay thẳng và thu nhỏ ngay trên máy bạn.",
        "accept": "image/*,application/pdf",
        "shrink": 1600,
        "max_bytes": 10485760,
        "files": [{"id": "1", "name": "chung-sinh.jpg", "size": "0,4 MB", "remove": "remove", "url": "#"}],
    },
]
ERRORS = [
    {"text": "Hãy viết họ và tên của con", "href": "#child_name"},
    {"text": "Tháng 2 không có ngày 31. Hãy xem lại ngày sinh", "href": "#born_on"},
]
STEPS = [
    {
        "state": "done",
        "title": "Đã nộp",
        "text": "15:22 thứ Sáu 20/11, biên nhận có chứng thực",
        "links": [{"url": "#", "text": "Tải biên nhận"}],
    },
    {
        "state": "done",
        "title": "Đã tiếp nhận",
        "text": "15:30 thứ Sáu 20/11 · Trung tâm Phục vụ hành chính công xã Đồng Đăng · Lý Thị Hoa",
    },
    {
        "state": "now",
        "title": "Đang kiểm tra",
        "text": "từ 08:05 thứ Hai 23/11 · Công chức hộ tịch · xong trước 11:30 thứ Tư",
    },
    {"state": "next", "title": "Lãnh đạo ký", "text": "trước 15:00 thứ Năm"},
    {
        "state": "next",
        "title": "Trả kết quả",
        "text": "vào Giấy tờ của tôi, và tại quầy nếu bạn muốn bản giấy",
    },
]
SUMMARY = [
    {"key": "Họ tên con", "value": "Hoàng Thị Mai", "actions": [{"url": "#", "text": "Sửa"}]},
    {"key": "Ngày sinh", "value": "20/11/2026", "note": "Thứ Sáu", "actions": [{"url": "#", "text": "Sửa"}]},
    {"key": "Mẹ", "lines": ["Lương Thị Hạnh", "020190001234"], "actions": [{"url": "#", "text": "Sửa"}]},
    {"key": "Giấy chứng sinh", "value": "chung-sinh.jpg", "url": "#", "badge": {"kind": "ok", "text": "đã nhận"}},
]
TASKS = [
    {"title": "Về con", "url": "#", "badge": {"kind": "ok", "text": "xong"}},
    {
        "title": "Về cha mẹ",
        "url": "#",
        "hint": "Đã điền sẵn từ tài khoản",
        "badge": {"kind": "soon", "text": "đang dở"},
    },
    {"title": "Giấy tờ kèm theo", "url": "#", "badge": {"kind": "", "text": "chưa làm"}},
    {"title": "Xem lại và nộp", "status": "làm xong các phần trên"},
]
CRUMBS = [{"url": "#", "text": "Hồ sơ của tôi"}, {"text": "Đăng ký khai sinh"}]
WORK = [
    ("261120-0041", "Đăng ký khai sinh", "Hoàng Thị Mai", "Chờ ký", "Lãnh đạo", "late", "trễ 1 ngày"),
    ("261121-0042", "Chứng thực bản sao", "Lương Văn Tài", "Thẩm tra", "Bạn", "soon", "hôm nay 11:30"),
    ("261122-0043", "Đăng ký hộ kinh doanh", "Vi Thị Nga", "Chờ ký", "Lãnh đạo", "soon", "hôm nay 17:00"),
    (
        "261120-0044",
        "Chuyển nhượng quyền sử dụng đất",
        "Nông Quốc Khánh",
        "Chờ ký",
        "Lãnh đạo",
        "soon",
        "hôm nay 17:00",
    ),
    ("261121-0045", "Xác nhận tình trạng hôn nhân", "Triệu Mùi Phẩy", "Tiếp nhận", "Bạn", "ok", "mai 11:30"),
    (
        "261122-0046",
        "Cấp giấy phép xây dựng",
        "Hà Văn Lộc",
        "Xin ý kiến: 1/3 đã trả lời",
        "Sở Xây dựng",
        "ok",
        "mai 17:00",
    ),
    ("261120-0047", "Công văn đến: báo cáo quý IV", "Sở Tài chính", "Giao việc", "Bạn", "ok", "T4 25/11"),
    ("261121-0048", "Phản ánh: đèn đường hỏng", "ẩn danh", "Kiểm tra", "Bạn", "ok", "T4 25/11"),
    ("261120-0050", "Đổi giấy phép lái xe", "Bế Văn Cường", "Thẩm tra", "Bạn", "ok", "T5 26/11"),
]
COUNTS = [
    {"value": 1, "text": "đã trễ", "kind": "late", "url": "#"},
    {"value": 3, "text": "hôm nay", "kind": "soon", "url": "#"},
    {"value": 2, "text": "ngày mai", "url": "#"},
    {"value": 6, "text": "trong tuần", "url": "#"},
    {"value": 0, "text": "không rõ ai giữ", "kind": "ok"},
]
PORTAL_MENU = [("Tra cứu hồ sơ", None), ("Hồ sơ của tôi", 2)]
MENU = [
    ("Việc của tôi", 12),
    ("Chờ ký", 37),
    ("Quầy tiếp nhận", "A014"),
    ("Đang chờ người khác", 9),
    ("Cả đơn vị", 148),
    ("Số liệu", None),
]
BARS = [
    {"text": "đạt", "value": "23", "percent": 68, "kind": "ok"},
    {"text": "đang chậm", "value": "4", "percent": 12, "kind": "soon"},
    {"text": "chưa có số liệu", "value": "7", "percent": 20, "kind": "none"},
]
ALERTS = [
    {"kind": "late", "title": "Xã Ba Sơn: 14 hồ sơ trễ", "text": "giao Văn phòng UBND tỉnh, trước 11:00", "url": "#"},
    {"kind": "soon", "title": "Tân Thanh: hàng chờ 2,4 km", "text": "CSGT giữ xe tại Km 9, mở sau 10:15"},
    {"kind": "ok", "title": "Trục liên thông đã thông lại", "text": "41 văn bản vừa gửi hết"},
]


def work_table() -> dict[str, Any]:
    """The inbox of the gallery, as the table component takes it."""
    titles = ("Mã", "Việc", "Đang ở bước", "Ai giữ", "Hạn")
    rows = [
        {
            "id": code,
            "name": f"{title}, {person}",
            "picked": number in {1, 2, 3},
            "cells": [
                {"text": code, "kind": "code", "label": titles[0]},
                {"text": title, "url": "#", "note": person, "heads": True},
                {"text": step, "label": titles[2]},
                {"text": holder, "label": titles[3]},
                {"badge": {"kind": kind, "text": due}, "label": titles[4]},
            ],
        }
        for number, (code, title, person, step, holder, kind, due) in enumerate(WORK)
    ]
    columns = [{"title": title} for title in titles]
    return {"caption": "Việc của tôi", "caption_hidden": True, "picks": "case", "columns": columns, "rows": rows}


def sample(page: str) -> dict[str, Any]:
    """Everything that the gallery's templates read, for one of `PAGES`."""
    entries = MENU if page == "workspace" else PORTAL_MENU
    menu = [{"url": f"#{place}", "title": title, "count": count} for place, (title, count) in enumerate(entries)]
    menu[0]["current"] = page == "workspace"
    return {
        "menu": menu,
        "events": EVENTS, "popular": POPULAR, "figures": FIGURES[:3] if page == "home" else FIGURES, "search_url": "#",
        "fields": FIELDS, "errors": ERRORS, "steps": STEPS, "summary": SUMMARY, "tasks": TASKS, "crumbs": CRUMBS,
        "table": work_table(), "counts": COUNTS, "bars": BARS, "alerts": ALERTS, "unit_name": "UBND xã Đồng Đăng",
        "help": [
            {"icon": "people", "text": "Tổ công nghệ số cộng đồng ở thôn, khối phố của bạn đến tận nhà, làm cùng bạn, đứng tên bạn."},
            {"icon": "phone", "text": "Gọi 1022, hoặc nhắn HS kèm mã hồ sơ.", "url": "#", "link": "Tìm tổ gần nhất"},
        ],
        "buttons": [
            {"text": "Trình ký", "name": "act", "value": "propose", "form": "picked"},
            {"text": "Chuyển", "kind": "secondary", "name": "act", "value": "pass"},
            {"text": "Yêu cầu bổ sung", "kind": "secondary", "name": "act", "value": "ask"},
        ],
        "as_of": "09:41:14 thứ Hai 23/11/2026", "days": work_days(), "chart": CHART,
    }  # fmt: skip


def work_days() -> dict[str, Any]:
    """Days of a promise, as the component `days` takes them."""
    cells = [
        ("20/11", "received", "nhận", ""), None, None,
        ("23", "counted", "ngày 1", ""), ("24", "off", "nghỉ", "Ngày Văn hóa"), ("25", "counted", "ngày 2", ""), ("26/11", "due", "hẹn trả", ""),
    ]  # fmt: skip
    days = [dict(zip(("day", "kind", "label", "said"), cell, strict=True)) if cell else None for cell in cells]
    return {"heads": ["T6", "T7", "CN", "T2", "T3", "T4", "T5"], "weeks": [days]}


def gallery(request: HttpRequest) -> HttpResponse:
    """One page of the gallery: `?page=` parts, home, workspace or board, with `&theme=dark` for the wall."""
    page = request.GET.get("page", "parts")
    page = page if page in PAGES else "parts"
    return render(request, PAGES[page], sample(page) | {"theme": request.GET.get("theme", "")})

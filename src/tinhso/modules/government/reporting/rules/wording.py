"""The sentences of `tinhso packs check` on regimes of reporting."""

from typing import Final

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.problem import worded

WORDING: Final = {
    "unknown_value": ("“{value}” không dùng được ở đây; chọn một trong: {known}.", "“{value}” is not used here; use one of: {known}."),
    "wrong_due": (
        "Hạn nộp phải có hoặc amount (số ngày sau chốt số liệu) hoặc day (ngày trong tháng, 1 đến 31), không cả hai.",
        "The deadline takes either amount (days after the cut-off) or day (of the month, 1 to 31), not both.",
    ),
    "no_reporter": ("Cấp này chưa nói ai báo cáo (reporters).", "This level does not say who reports (reporters)."),
    "nobody_reports": ("Chế độ này chưa có [[level]]: ai báo cáo cho ai.", "This regime has no [[level]]: who reports to whom."),
    "no_source": ("Chế độ này chưa ghi nguồn [[source]].", "This regime names no [[source]]."),
    "no_cells": ("Chế độ này chưa có ô nào để điền ([[row]]).", "This regime has no cell to fill in ([[row]])."),
    "periodic_once": ("Chế độ định kỳ cần kỳ lặp lại, không phải “once”.", "A periodic regime needs a period that repeats, not “once”."),
    "period_gap": ("Kỳ {period} bỏ trống những ngày trước nó.", "The period {period} leaves days before it out."),
    "period_overlap": ("Kỳ {period} tính trùng những ngày trước nó.", "The period {period} counts days before it twice."),
    "period_empty": ("Kỳ {period} kết thúc trước khi bắt đầu.", "The period {period} ends before it begins."),
    "period_no_period": ("“{period}” không phải là kỳ của chế độ này.", "“{period}” is no period of this regime."),
    "unknown_sheet": ("Không có biểu “{value}”.", "There is no sheet “{value}”."),
    "unknown_column": ("Không có cột “{value}” trong biểu này.", "There is no column “{value}” in this sheet."),
    "unknown_cell": ("Không có ô, dòng hay cột “{value}”.", "There is no cell, row or column “{value}”."),
    "said_twice": ("“{value}” đã có.", "“{value}” is there already."),
    "circle": ("Ô “{value}” được tính từ chính nó.", "The cell “{value}” is worked out of itself."),
    "wrong_ratio": ("Tỷ lệ và hiệu cần ít nhất hai ô; tỷ lệ đúng hai ô.", "A difference needs two cells or more, a ratio exactly two."),
    "optional_part": (
        "Ô “{other}” được tính từ ô “{value}”, nên ô ấy phải bắt buộc; nếu không, số tổng hợp không khớp số của từng đơn vị.",
        "The cell “{other}” is worked out of “{value}”, which must then be required; else sums do not agree with their parts.",
    ),
    "words_added": ("Ô chữ không cộng, không so sánh được: “{value}”.", "Words cannot be added up or compared: “{value}”."),
    "unknown_derivation": (
        "Không có nguồn số liệu “{value}”; dùng một trong {known} hoặc indicator:<mã chỉ tiêu>.",
        "There is no source of figures “{value}”; use one of {known} or indicator:<code>.",
    ),
}  # fmt: skip


def said(code: str, place: Place, **named: object) -> Problem:
    """The problem of that code at that place, in both languages."""
    return worded(WORDING, code, place, **named)

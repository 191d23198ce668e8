"""The sentences that say what is wrong with an edition, a list of criteria or a sheet, by code: Vietnamese, English."""

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.problem import Wording, worded

WORDING: Wording = {
    "dti_unknown_index": (
        "“{of}”: không có chỉ số chính “{code}”; có: {known}.",
        "“{of}”: there is no main index “{code}”; there are: {known}.",
    ),
    "dti_repeated_code": ("Mã “{code}” đã dùng ở trên.", "The code “{code}” is used above."),
    "dti_wrong_total": (
        "Điểm tối đa của các chỉ số cộng lại là {sum}, nhưng total ghi {total}.",
        "The indices' points add up to {sum}, but total says {total}.",
    ),
    "dti_half_known": (
        "Bộ chỉ số phải ghi điểm tối đa của mọi chỉ số, hoặc không ghi chỉ số nào; thiếu: {missing}.",
        "An edition gives the points of all its indices or of none; missing: {missing}.",
    ),
    "dti_no_years": ("Bộ chỉ số phải ghi ít nhất một năm (years).", "An edition names at least one year (years)."),
    "dti_no_index": ("Bộ chỉ số không có chỉ số chính nào.", "The edition has no main index."),
    "dti_no_source": ("Bộ chỉ số phải ghi nguồn ([[source]]).", "An edition names its sources ([[source]])."),
    "dti_unknown_kind": (
        "Không có loại “{kind}”; dùng được: {known}.",
        "There is no kind “{kind}”; there are: {known}.",
    ),
    "dti_wrong_steps": (
        "Bảng bậc phải là các cặp [từ, điểm] tăng dần, điểm không quá {most}.",
        "Steps are pairs [from, points] that rise, with at most {most} points.",
    ),
    "dti_wrong_choices": (
        "Lựa chọn phải có mã khác nhau và phần điểm (share) từ 0 đến 1.",
        "Choices have different codes and a share between 0 and 1.",
    ),
    "dti_wrong_halves": ("Phải có từ hai phần trở lên (halves).", "There are two parts or more (halves)."),
    "dti_wrong_target": ("Mục tiêu (target) phải lớn hơn 0.", "The target is more than 0."),
    "dti_wrong_indicator": (
        "Số lấy từ hồ sơ có tử số và mẫu số: cách chấm phải là ratio hoặc target.",
        "A figure of the records has a numerator and a denominator: the shape must be ratio or target.",
    ),
    "dti_no_points": ("Điểm tối đa phải lớn hơn 0.", "The maximum is more than 0 points."),
    "dti_too_many_points": (
        "Các tiêu chí của “{index}” cộng lại {sum} điểm, vượt mức {most} của chỉ số.",
        "The criteria of “{index}” add up to {sum} points, above the index's {most}.",
    ),
    "dti_too_few_points": (
        "Danh sách ghi là đủ, nhưng các tiêu chí của “{index}” chỉ cộng được {sum} trên {most} điểm.",
        "The list is said to be complete, but the criteria of “{index}” add up to {sum} of {most} points only.",
    ),
    "dti_unknown_edition": (
        "Không có bộ chỉ số “{edition}”; có: {known}.",
        "There is no edition “{edition}”; there are: {known}.",
    ),
}


def problem(code: str, place: Place, /, **named: object) -> Problem:
    """The problem of that code."""
    return worded(WORDING, code, place, **named)


class Said(ValueError):
    """Something that cannot be done, in sentences for the person who asked: `vi`, `en`, one a line."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        self.vi = "\n".join(each.vi for each in problems)
        self.en = "\n".join(each.en for each in problems)
        super().__init__(self.vi)

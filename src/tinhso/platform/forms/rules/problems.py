"""What may be wrong with an answer, in both languages: each sentence says what to do."""

from dataclasses import dataclass

from tinhso.kernel.flow import Text

_TEXTS: dict[str, tuple[str, str]] = {
    "required": ("Hãy điền “{label}”.", "Fill in “{label}”."),
    "choose": ("Hãy chọn “{label}”.", "Choose “{label}”."),
    "too_long": (
        "“{label}” dài quá {limit} chữ. Hãy viết ngắn hơn.",
        "“{label}” has more than {limit} signs. Shorten it.",
    ),
    "not_text": ("“{label}” phải là chữ.", "“{label}” must be text."),
    "not_a_name": (
        "“{label}” chỉ gồm chữ cái, dấu cách, dấu nháy, dấu gạch nối và dấu chấm. Hãy bỏ số và ký hiệu khác.",
        "“{label}” takes letters, spaces, apostrophes, hyphens and full stops only. Leave out digits and other signs.",
    ),
    "not_a_personal_number": (
        "“{label}” gồm 12 chữ số, như trên thẻ căn cước. Hãy xem lại từng số.",
        "“{label}” has 12 digits, as on the identity card. Check each of them.",
    ),
    "not_a_date": (
        "“{label}” chưa phải một ngày có thật. Hãy viết như 05/11/2026.",
        "“{label}” is not a real day. Write it as 05/11/2026.",
    ),
    "incomplete_date": (
        "“{label}” cần đủ ngày, tháng, năm, ví dụ 05/11/2026.",
        "“{label}” needs day, month and year, as 05/11/2026.",
    ),
    "incomplete_partial_date": (
        "“{label}” cần ít nhất năm; biết ngày thì phải ghi cả tháng.",
        "“{label}” needs the year at least, and the month where the day is known.",
    ),
    "too_early": ("“{label}” không được trước ngày {limit}.", "“{label}” must not be before {limit}."),
    "too_late": ("“{label}” không được sau ngày {limit}.", "“{label}” must not be after {limit}."),
    "not_an_option": ("Hãy chọn một trong các mục của “{label}”.", "Choose one of the answers to “{label}”."),
    "not_yes_or_no": ("Hãy chọn Có hoặc Không ở “{label}”.", "Choose yes or no at “{label}”."),
    "not_a_phone": (
        "“{label}” chưa đúng. Hãy viết như 0912 345 678; số nước ngoài bắt đầu bằng dấu +.",
        "“{label}” is not a telephone number. Write it as 0912 345 678; foreign numbers begin with +.",
    ),
    "not_an_email": (
        "“{label}” chưa đúng. Hãy viết như ten@vidu.vn.",
        "“{label}” is not an e-mail address. Write it as name@example.vn.",
    ),
    "not_a_number": ("“{label}” phải là một số, viết bằng chữ số.", "“{label}” must be a number, written in digits."),
    "not_money": (
        "“{label}” phải là số tiền tròn đồng, ví dụ 150.000.",
        "“{label}” must be whole đồng, as 150000.",
    ),
    "too_small": ("“{label}” không được nhỏ hơn {limit}.", "“{label}” must not be less than {limit}."),
    "too_large": ("“{label}” không được lớn hơn {limit}.", "“{label}” must not be more than {limit}."),
    "not_a_unit": ("Hãy chọn lại “{label}” trong danh sách.", "Choose “{label}” from the list again."),
    "not_a_list": ("“{label}” phải là một danh sách.", "“{label}” must be a list."),
    "too_few_rows": ("“{label}” cần ít nhất {limit} mục.", "“{label}” needs at least {limit} entries."),
    "too_many_rows": (
        "“{label}” có tối đa {limit} mục. Hãy bỏ bớt.",
        "“{label}” takes at most {limit} entries. Remove some.",
    ),
    "sex_differs": (
        "Số ở “{label}” thường thuộc về giới tính khác với giới tính đã khai. Hãy xem lại; nếu đúng thì cứ tiếp tục.",
        "The number at “{label}” usually belongs to the other sex. Check it; if it is right, go on.",
    ),
    "birth_year_differs": (
        "Năm sinh trong số ở “{label}” khác năm sinh đã khai. Hãy xem lại; nếu đúng thì cứ tiếp tục.",
        "The year of birth in the number at “{label}” is not the declared one. Check it; if it is right, go on.",
    ),
    "birthplace_unknown": (
        "Ba số đầu ở “{label}” không phải mã tỉnh hay mã nước đã biết. Hãy xem lại; nếu đúng thì cứ tiếp tục.",
        "The first three digits at “{label}” name no known province or country. Check them; if they are right, go on.",
    ),
    "century_to_come": (
        "Số thứ tư ở “{label}” chỉ một thế kỷ chưa tới. Hãy xem lại; nếu đúng thì cứ tiếp tục.",
        "The fourth digit at “{label}” names a century to come. Check it; if it is right, go on.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing that is wrong with an answer.

    `field` is the path to it, as "child_name" or "mother_phones.0.number"; `vi` and `en` say what to do.
    """

    field: str
    code: str
    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in that language ("vi" or "en")."""
        return self.en if language.startswith("en") else self.vi


def problem(code: str, path: str, label: Text, **named: object) -> Problem:
    """The problem of that code at that place."""
    vi, en = _TEXTS[code]
    return Problem(path, code, vi.format(label=label.vi, **named), en.format(label=label.en or label.vi, **named))

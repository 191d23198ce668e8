"""The sentences that say what is wrong with a pack, by code: Vietnamese, English."""

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.problem import Wording, worded

WORDING: Wording = {
    # Folders and files.
    "missing_pack": ("Không có gói “{pack}”: thiếu tệp pack.toml.", "There is no pack “{pack}”: pack.toml is missing."),
    "circle_of_packs": (
        "Các gói cần lẫn nhau thành vòng: {circle}.",
        "Packs require each other in a circle: {circle}.",
    ),
    "pack_in_wrong_folder": (
        "Gói “{pack}” nằm trong thư mục “{folder}”; hai tên phải giống nhau.",
        "The pack “{pack}” lies in the folder “{folder}”; both must have one name.",
    ),
    "wrong_toml": ("Tệp không đúng cú pháp TOML: {said}.", "The file is not valid TOML: {said}."),
    "not_utf_8": ("Tệp không phải UTF-8.", "The file is not UTF-8."),
    "wrong_file_name": ("Tệp phải tên là “{name}”.", "The file must be called “{name}”."),
    "repeated_role": ("Vai trò “{role}” đã có ở trên.", "The role “{role}” is given above."),
    "repeated_notice": ("Lời báo cho “{fact}” đã có ở trên.", "The notice for “{fact}” is given above."),
    "unknown_scope": (
        "Không có phạm vi “{scope}”; dùng được: {known}.",
        "There is no scope “{scope}”; there are: {known}.",
    ),
    "unknown_shared": (
        "Không có phần chung “{flow}” nào có hiệu lực vào ngày này (thư mục flows, forms).",
        "Nothing shared is called “{flow}” on that day (folders flows, forms).",
    ),
    "unknown_shared_part": (
        "Phần chung “{flow}” không có “{part}”.",
        "What is shared as “{flow}” has no “{part}”.",
    ),
    "circle_of_sub_cases": (
        "Thủ tục “{procedure}” mở hồ sơ con thành vòng: {circle}.",
        "The procedure “{procedure}” opens sub-cases in a circle: {circle}.",
    ),
    # Forms.
    "unknown_kind": (
        "Câu hỏi “{field}” có loại “{kind}” không tồn tại; dùng được: {known}.",
        "The field “{field}” is of the unknown kind “{kind}”; there are: {known}.",
    ),
    "repeated_page": ("Trang “{page}” đã có ở trên.", "The page “{page}” is given above."),
    "repeated_field": ("Câu hỏi “{field}” đã có ở trên.", "The field “{field}” is given above."),
    "repeated_option": (
        "Câu hỏi “{field}” có hai lựa chọn “{option}”.",
        "The field “{field}” has the option “{option}” twice.",
    ),
    "page_without_fields": ("Trang “{page}” không hỏi gì.", "The page “{page}” asks nothing."),
    "choice_without_options": (
        "Câu hỏi “{field}” cho chọn nhưng không có lựa chọn nào (options).",
        "The field “{field}” is a choice but has no options.",
    ),
    "options_without_choice": (
        "Câu hỏi “{field}” có options nhưng không phải loại choice.",
        "The field “{field}” has options but is no choice.",
    ),
    "group_without_fields": (
        "Nhóm “{field}” không có câu hỏi nào bên trong (field).",
        "The group “{field}” has no fields inside.",
    ),
    "fields_without_group": (
        "“{field}” có câu hỏi bên trong nhưng không phải loại group.",
        "“{field}” has fields inside but is no group.",
    ),
    "group_in_group": ("Nhóm “{field}” nằm trong một nhóm khác.", "The group “{field}” lies in another group."),
    "wrong_bounds": (
        "“{field}”: min {min} lớn hơn max {max}.",
        "“{field}”: min {min} is greater than max {max}.",
    ),
    "partial_without_date": (
        "“{field}” có partial nhưng không phải loại date.",
        "“{field}” is partial but no date.",
    ),
    "field_asked_later": (
        "“{asker}” tùy vào “{field}”, câu chỉ được hỏi sau đó.",
        "“{asker}” depends on “{field}”, which is asked only later.",
    ),
    "unknown_field": (
        "“{asker}” tùy vào câu hỏi “{field}” mà biểu mẫu không có.",
        "“{asker}” depends on the field “{field}”, which the form does not have.",
    ),
    "unknown_option": (
        "“{asker}” tùy vào “{field}” = “{option}”, lựa chọn không có.",
        "“{asker}” depends on “{field}” = “{option}”, which is no option.",
    ),
    "unknown_prefill": (
        "Câu hỏi “{field}” lấy sẵn từ “{prefill}”, nguồn không có.",
        "The field “{field}” is prefilled from “{prefill}”, which does not exist.",
    ),
    "wrong_default": (
        "Câu hỏi “{field}” điền sẵn “{default}”, câu trả lời mà chính nó không nhận.",
        "The field “{field}” begins as “{default}”, an answer it does not take.",
    ),
    # Notices.
    "wrong_fact": (
        "“{fact}” không phải tên sự kiện như cases.dossier.accepted.",
        "“{fact}” is no fact like cases.dossier.accepted.",
    ),
    "notice_without_text": ("Lời báo “{fact}” không có chữ nào.", "The notice “{fact}” has no words."),
    "unknown_placeholder": (
        "Lời báo “{fact}” ({channel}) có chỗ trống {{{placeholder}}} không ai điền; dùng được: {known}.",
        "The notice “{fact}” ({channel}) has a placeholder {{{placeholder}}} nobody fills; there are: {known}.",
    ),
    "wrong_braces": (
        "Lời báo “{fact}” ({channel}) có dấu ngoặc nhọn lẻ.",
        "The notice “{fact}” ({channel}) has an odd brace.",
    ),
    "sms_with_diacritics": (
        "Tin nhắn của “{fact}” phải viết không dấu: “{characters}”.",
        "The text message of “{fact}” must have no diacritics: “{characters}”.",
    ),
    "sms_too_long": (
        "Tin nhắn của “{fact}” có thể dài {length} ký tự, quá {most}.",
        "The text message of “{fact}” may be {length} characters long, more than {most}.",
    ),
    "email_without_subject": (
        "Thư của “{fact}” cần cả email_subject và email_body.",
        "The e-mail of “{fact}” needs both email_subject and email_body.",
    ),
}


def problem(code: str, place: Place, /, **named: object) -> Problem:
    """The problem of that code with a pack."""
    return worded(WORDING, code, place, **named)

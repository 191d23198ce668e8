"""Why something that a device sent is not taken: each reason has a code, under which it is counted, and words."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Final[dict[str, Promise]] = {
    "malformed": _("Không đọc được: không phải SenML (RFC 8428) hoặc thiếu phần bắt buộc"),
    "too_large": _("Quá lớn: tối đa 256 KiB, 2.000 bản ghi mỗi lần"),
    "wrong_topic": _("Gửi vào chủ đề không dùng"),
    "unknown_device": _("Không có thiết bị này"),
    "not_its_own": _("Thiết bị nói thay thiết bị khác"),
    "paused": _("Thiết bị đang tạm dừng hoặc đã bỏ"),
    "unknown_measure": _("Loại thiết bị này không đo đại lượng ấy"),
    "wrong_unit": _("Sai đơn vị đo"),
    "no_value": _("Bản ghi không có giá trị"),
    "not_a_number": _("Giá trị không phải là số"),
    "out_of_range": _("Giá trị vô lý, ngoài khoảng cho phép"),
    "wrong_time": _("Thời điểm không có thật"),
    "too_old": _("Quá cũ: sớm hơn 7 ngày"),
    "from_the_future": _("Thời điểm ở tương lai: đồng hồ thiết bị chạy nhanh"),
    "unknown_event": _("Loại thiết bị này không báo sự kiện ấy"),
    "unknown_order": _("Không có lệnh này, hoặc đã trả lời rồi"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record that was not taken: why, and the name it bore."""

    reason: str
    name: str = ""

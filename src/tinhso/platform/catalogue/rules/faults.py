"""What may be wrong with a record of the portal: each fault with its weight, the part it touches, and its words."""

from dataclasses import dataclass
from typing import Any, Final, Literal

Weight = Literal["grave", "notable", "slight"]
Part = Literal["identity", "limit", "fee", "papers", "results", "whole"]
PARTS: Final = ("identity", "limit", "fee", "papers", "results", "whole")
WEIGHTS: Final = ("grave", "notable", "slight")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault; `vi` and `en` say what is wrong and what follows."""

    weight: Weight
    part: Part
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one record; `said` is what the portal said there, word for word and cut to a line."""

    code: str
    said: str = ""

    @property
    def kind(self) -> Kind:
        """What it is, by its code."""
        return KINDS[self.code]

    def as_table(self) -> dict[str, Any]:
        """As it is kept."""
        return {"code": self.code, "said": self.said}


KINDS: Final[dict[str, Kind]] = {
    "no_name": Kind("grave", "identity", "Thủ tục không có tên.", "The procedure has no name."),
    "wrong_code": Kind(
        "grave", "identity", "Mã không đúng dạng 1.234567.", "The code is not of the form 1.234567."
    ),
    "no_procedure": Kind(
        "grave",
        "identity",
        "Đây là bản công bố danh mục, không phải thủ tục để nộp.",
        "This is an announcement of a list, not a procedure one can ask for.",
    ),
    "no_unit_of_time": Kind(
        "grave",
        "limit",
        "Thời hạn có số mà không có đơn vị (ngày làm việc, ngày, giờ, tháng).",
        "The time limit is a number without a unit (working days, days, hours, months).",
    ),
    "limits_contradict": Kind(
        "grave",
        "limit",
        "Thời hạn theo cách nộp chênh nhau từ hai lần trở lên, hoặc khác loại đơn vị.",
        "The limits of two channels differ by a factor of two or more, or are in unlike units.",
    ),
    "free_but_note_sets_fee": Kind(
        "grave", "fee", "Ghi 0 đồng nhưng ghi chú lại nêu mức thu.", "Marked as free while the note sets a fee."
    ),
    "fee_too_small": Kind(
        "grave",
        "fee",
        "Mức thu dưới 1.000 đồng: có thể thiếu ba số không.",
        "The fee is below 1,000 đồng: three zeros may be missing.",
    ),
    "limits_differ": Kind(
        "notable", "limit", "Thời hạn khác nhau theo cách nộp.", "The time limit differs by channel."
    ),
    "limit_varies_within_channel": Kind(
        "notable",
        "limit",
        "Một cách nộp có nhiều thời hạn mà không nói trường hợp nào.",
        "One channel has several limits, and nothing says for which case.",
    ),
    "day_unclear": Kind(
        "notable",
        "limit",
        "Chỉ ghi “ngày”: không rõ ngày làm việc hay ngày lịch.",
        "Only “days”: working or calendar days is not clear.",
    ),
    "no_limit": Kind("notable", "limit", "Không có thời hạn cho một cách nộp.", "No time limit for a channel."),
    "limit_very_long": Kind("notable", "limit", "Thời hạn dài hơn một năm.", "The time limit is longer than a year."),
    "no_channel": Kind("notable", "whole", "Không nói nộp bằng cách nào.", "No way to hand in is given."),
    "fee_unknown": Kind("notable", "fee", "Không có số tiền.", "No amount is given."),
    "fees_differ": Kind("notable", "fee", "Mức thu khác nhau theo cách nộp.", "The fee differs by channel."),
    "foreign_currency": Kind("slight", "fee", "Mức thu bằng ngoại tệ.", "The fee is in a foreign currency."),
    "no_papers": Kind("notable", "papers", "Không nêu giấy tờ nào.", "No papers are listed."),
    "paper_without_name": Kind("notable", "papers", "Có giấy tờ không tên.", "A paper has no name."),
    "paper_repeated": Kind("slight", "papers", "Một giấy tờ được ghi hai lần.", "A paper is listed twice."),
    "paper_cut_off": Kind("slight", "papers", "Tên giấy tờ bị cắt giữa câu.", "The name of a paper is cut off."),
    "note_cut_off": Kind("slight", "fee", "Ghi chú bị cắt giữa câu.", "A note is cut off."),
    "no_results": Kind("slight", "results", "Không nêu kết quả.", "No result is listed."),
    "result_broken": Kind(
        "notable", "results", "Tên kết quả mất chữ ở đầu.", "The beginning of a result's name is missing."
    ),
    "result_cut_off": Kind("slight", "results", "Tên kết quả bị cắt giữa câu.", "The name of a result is cut off."),
    "result_code_odd": Kind(
        "slight", "results", "Mã loại kết quả không đúng dạng KQ.G12.", "The result's code is not like KQ.G12."
    ),
    "stray_spaces": Kind(
        "slight", "identity", "Tên có dấu cách hoặc xuống dòng thừa.", "The name has stray spaces or line breaks."
    ),
    "name_broken": Kind(
        "notable", "identity", "Tên không bắt đầu bằng chữ hoa.", "The name does not begin with a capital letter."
    ),
    "same_name": Kind(
        "slight", "identity", "Có mã khác mang đúng tên này.", "Another code bears exactly this name."
    ),
    "no_level": Kind("notable", "whole", "Không rõ cấp nào giải quyết.", "Which level decides is not given."),
    "nobody": Kind("notable", "whole", "Không nói dành cho ai.", "For whom it is, is not given."),
    "no_source": Kind("slight", "whole", "Không có địa chỉ nguồn.", "No address of the source."),
    "shared_source": Kind(
        "slight", "whole", "Địa chỉ nguồn trùng với mã khác.", "The address of the source is also that of another code."
    ),
}  # fmt: skip

"""The ten states that are synchronised, and which facts of a dossier the portal must hear."""

from collections.abc import Sequence
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Standing = Literal["equal", "behind", "ahead", "unknown_there", "unknown_here"]
REGISTERED, ACCEPTED, NOT_ACCEPTED, PROCESSING, SUPPLEMENT_REQUIRED = 1, 2, 3, 4, 5
PAYMENT_REQUIRED, WITHDRAWAL_REQUESTED, STOPPED, RESOLVED, RETURNED = 6, 7, 8, 9, 10
NAMES: Final[dict[int, Promise]] = {
    REGISTERED: _("Mới đăng ký"),
    ACCEPTED: _("Được tiếp nhận"),
    NOT_ACCEPTED: _("Không được tiếp nhận"),
    PROCESSING: _("Đang xử lý"),
    SUPPLEMENT_REQUIRED: _("Yêu cầu bổ sung giấy tờ"),
    PAYMENT_REQUIRED: _("Yêu cầu thực hiện nghĩa vụ tài chính"),
    WITHDRAWAL_REQUESTED: _("Công dân yêu cầu rút hồ sơ"),
    STOPPED: _("Dừng xử lý"),
    RESOLVED: _("Đã xử lý xong"),
    RETURNED: _("Đã trả kết quả"),
}
WHOLE, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
CONTENT_FACTS: Final = frozenset({"papers_added", "result_attached", "extended", "supplemented", "supplement_required"})


def name_of(state: int | None) -> str:
    """The state's name with its number, in the reader's language."""
    return f"{state}. {NAMES[state]}" if state in NAMES else "–"


def calls_for(kind: str, *, is_first: bool, moves: bool, due_changes: bool) -> tuple[str, ...]:
    """
    The calls that a fact of a dossier makes necessary, in order.

    The whole dossier goes first, and again when the portal's own columns change by it; a step is told of each act. A
    paper or result that is added is no act of the flow.

    :param moves: whether the state among the ten changes by it
    """
    word = kind.rpartition(".")[2]
    whole = is_first or moves or due_changes or word in CONTENT_FACTS
    act = word not in {"papers_added", "result_attached"}
    return ((WHOLE,) if whole else ()) + ((PROGRESS,) if act else ())


def standing_of(ours: Sequence[int], theirs: int) -> Standing:
    """
    How the portal's state stands to ours.

    :param ours: the states the dossier went through among the ten, the present one last
    """
    if ours and theirs == ours[-1]:
        return "equal"
    return "behind" if theirs in ours[:-1] else "ahead"

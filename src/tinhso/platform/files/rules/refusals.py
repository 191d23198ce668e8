"""Why a file is not taken: one sentence on what is wrong, one on what to do, in both languages."""

_TEXTS: dict[str, tuple[str, str]] = {
    "empty": (
        "Tệp “{name}” trống, không có nội dung. Hãy chọn lại đúng tệp.",
        "“{name}” is empty. Choose the right file again.",
    ),
    "too_big": (
        "Tệp “{name}” nặng hơn {limit} MB, là mức nhiều nhất. Hãy chụp lại ở cỡ nhỏ hơn, hoặc chia thành nhiều tệp.",
        "“{name}” has more than {limit} MB, which is the most. Take a smaller picture, or split it into several files.",
    ),
    "too_many": (
        "Bạn đã gửi đủ {limit} tệp, là số nhiều nhất. Hãy gộp các trang vào một tệp PDF, hoặc bớt tệp không cần.",
        "You have already sent {limit} files, the most there can be. Join pages into one PDF, or leave some out.",
    ),
    "wrong_type": (
        "Tệp “{name}” là {kind}, chưa nhận được. Hãy gửi tệp {allowed}.",
        "“{name}” is {kind_en}, which is not accepted. Send {allowed}.",
    ),
    "heic": (
        "Ảnh “{name}” ở dạng HEIC, cơ quan không mở được. Ở Cài đặt, Camera, Định dạng, chọn “Tương thích nhất”.",
        "“{name}” is a HEIC photo, which offices cannot open. Choose Settings, Camera, Formats, “Most Compatible”.",
    ),
    "dangerous": (
        "Tệp “{name}” là chương trình hoặc mã lệnh, không được nhận. Hãy gửi giấy tờ ở dạng PDF hoặc ảnh.",
        "“{name}” is a program or a script and is not accepted. Send the paper as a PDF or a picture.",
    ),
    "encrypted": (
        "Tệp “{name}” có mật khẩu hoặc bị khóa. Hãy mở tệp, chọn In, rồi “Lưu thành PDF” để có bản không khóa.",
        "“{name}” is locked or needs a password. Open it, choose Print, then “Save as PDF”, and send that copy.",
    ),
    "broken": (
        "Tệp “{name}” bị hỏng hoặc tải lên chưa hết, nên không mở được. Hãy mở thử trên máy của bạn rồi gửi lại.",
        "“{name}” is damaged or incomplete and cannot be opened. Try to open it yourself, then send it again.",
    ),
    "active": (
        "Tệp “{name}” có lệnh chạy tự động bên trong. Hãy mở tệp, chọn In, rồi “Lưu thành PDF” và gửi bản đó.",
        "“{name}” holds commands that run by themselves. Open it, choose Print, then “Save as PDF”; send that copy.",
    ),
    "carries_program": (
        "Tệp “{name}” có đính kèm chương trình bên trong, không được nhận. Hãy bỏ phần đính kèm rồi gửi lại.",
        "“{name}” has a program attached inside and is not accepted. Remove the attachment and send it again.",
    ),
    "bomb": (
        "Tệp “{name}” nén quá nhiều nội dung, mở ra sẽ làm treo máy, nên không được nhận. Hãy lưu lại tệp rồi gửi.",
        "“{name}” unpacks to far more than it should and is not accepted. Save it anew and send that.",
    ),
    "too_many_pixels": (
        "Ảnh “{name}” rộng {width} x {height} điểm, quá lớn. Hãy chụp lại ở cỡ thường (khoảng 12 megapixel).",
        "“{name}” measures {width} x {height} pixels, too many. Take it at the usual size (about 12 megapixels).",
    ),
    "too_many_pages": (
        "Tệp “{name}” có {pages} trang, quá mức {limit} trang. Hãy chia thành nhiều tệp.",
        "“{name}” has {pages} pages, more than {limit}. Split it into several files.",
    ),
    "incomplete": (
        "Mới nhận được {received} trên {size} byte của tệp “{name}”. Phần đã nhận còn nguyên, hãy gửi tiếp.",
        "Only {received} of {size} bytes of “{name}” have arrived. They are kept; send the rest.",
    ),
    "differs": (
        "Tệp “{name}” nhận được không giống tệp trên máy của bạn, có thể do đường truyền. Hãy gửi lại từ đầu.",
        "“{name}” did not arrive as it is on your device. Send it again from the beginning.",
    ),
    "too_many_uploads": (
        "Bạn còn {limit} tệp đang gửi dở. Hãy gửi xong hoặc bỏ bớt rồi gửi tệp mới.",
        "You have {limit} files half sent. Finish or discard some before you send another.",
    ),
    "too_much_today": (
        "Hôm nay bạn đã gửi {files} tệp, {size} MB. Mỗi ngày nhận {most_files} tệp, {most} MB. Mai hãy gửi tiếp.",
        "Today you have sent {files} files, {size} MB. A day takes {most_files} files, {most} MB. Go on tomorrow.",
    ),
    "upload_over": (
        "Lần gửi tệp “{name}” đã kết thúc. Hãy gửi lại tệp từ đầu nếu cần.",
        "This upload of “{name}” is over. Send the file again if it is needed.",
    ),
}


class Refusal(Exception):
    """A file is not taken. `code` is for machines, `vi` and `en` are for people and say what to do."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        self.code, self.vi, self.en = code, vi, en
        super().__init__(vi)

    def in_language(self, language: str) -> str:
        """The sentences in that language ("vi" or "en")."""
        return self.en if language.startswith("en") else self.vi


class WrongOffset(Exception):
    """A piece of an upload does not continue where the last one ended; `expected` is the offset that does."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.vi = f"Phần tiếp theo phải bắt đầu từ byte {expected}."
        self.en = f"The next piece must begin at byte {expected}."
        super().__init__(self.vi)


def refuse(code: str, *, name: str = "", **facts: object) -> Refusal:
    """The refusal of that code, with its sentences filled in; raise it."""
    vi, en = _TEXTS[code]
    return Refusal(code, vi.format(name=name, **facts), en.format(name=name, **facts))

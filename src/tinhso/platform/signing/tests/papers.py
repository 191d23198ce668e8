"""Real-looking contents for every document template of the national pack."""

import tomllib
from hashlib import sha256

from django.conf import settings

from tinhso.platform.files.adapters import qr_svg

ADDRESS = "https://dichvucong.langson.example/t/TS-7K3M-9QXD-42"
COMMON = {
    "agency": {
        "parent": "Tỉnh Lạng Sơn",
        "name": "Ủy ban nhân dân xã Tân Văn",
        "desk": "Trung tâm Phục vụ hành chính công xã",
    },
    "place": "Tân Văn",
    "issued_at": "2026-11-23T15:30:00+07:00",
    "code": "H37.85-261123-0042",
    "procedure": "Đăng ký khai sinh",
    "applicant": {
        "name": "Hoàng Thị Mai",
        "address": "Thôn Nà Mò, xã Tân Văn, tỉnh Lạng Sơn",
        "phone": "0912 345 678",
        "email": "mai.hoang@example.org",
    },
    "check_address": "dichvucong.langson.example/verify",
    "check_code": "7k3m-9qxd-42ab",
    "hotline": "0205 3 812 345",
    "qr": qr_svg(ADDRESS),
}
RECEIPT = COMMON | {
    "number": "42/TNHS",
    "look_up_secret": "K7M4-QX92",
    "papers": [
        {"name": "Giấy chứng sinh", "originals": 1},
        {"name": "Tờ khai đăng ký khai sinh theo mẫu", "note": "lập trên cổng"},
        {"name": "Giấy chứng nhận kết hôn của cha mẹ", "copies": 1, "note": "đã có trong cơ sở dữ liệu"},
    ],
    "sets": "01",
    "limit": "Trong ngày; nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo",
    "received_at": "2026-11-23T15:28:00+07:00",
    "due_at": "2026-11-25T17:00:00+07:00",
    "delivery": "Tại quầy và bản điện tử trên cổng",
    "fee": "Không thu",
    "register": {"book": "02/2026", "line": "1187"},
    "submitter": "Hoàng Thị Mai",
    "receiver": "Vi Thị Hoa",
}
SUPPLEMENT = COMMON | {
    "number": "7/HDHS",
    "gaps": [
        {
            "name": "Giấy chứng sinh",
            "why": "Ảnh chụp bị mờ, không đọc được ngày sinh.",
            "rule": "Luật Hộ tịch 2014, Điều 16",
            "bring": "ảnh chụp rõ cả bốn góc, hoặc bản chính tại quầy",
        },
        {"name": "Giấy ủy quyền", "why": "Người nộp là cô của trẻ."},
    ],
    "until": "2026-12-23T17:00:00+07:00",
    "ways": "tại trang trong mã QR, hoặc tại quầy",
    "contact": {"name": "chị Vi Thị Hoa", "phone": "0205 3 812 345"},
    "officer": "Vi Thị Hoa",
}
REFUSAL = COMMON | {
    "number": "3/TCHS",
    "reasons": [{"text": "Trẻ đã được đăng ký khai sinh ngày 02/10/2026.", "rule": "Luật Hộ tịch 2014, Điều 13"}],
    "advice": "xin cấp bản sao trích lục khai sinh tại bất kỳ xã, phường nào.",
    "complaint": "Không đồng ý với việc này, ông (bà) có quyền khiếu nại.",
    "submitter": "Hoàng Thị Mai",
    "officer": "Vi Thị Hoa",
}
BIRTH = COMMON | {
    "number": "212/2026",
    "book": "01/2026",
    "registered_on": "2026-11-23",
    "child": {
        "name": "Hoàng Gia Bảo",
        "born_on": "2026-11-12",
        "born_on_words": "Ngày mười hai, tháng mười một, năm hai nghìn không trăm hai mươi sáu",
        "sex": "Nam",
        "ethnicity": "Tày",
        "nationality": "Việt Nam",
        "birthplace": "Trung tâm Y tế khu vực Bình Gia, xã Bình Gia, tỉnh Lạng Sơn",
        "origin": "Xã Tân Văn, tỉnh Lạng Sơn",
        "personal_number": "020226004817",
    },
    "mother": {
        "name": "Hoàng Thị Mai",
        "born_in": "1995",
        "ethnicity": "Tày",
        "nationality": "Việt Nam",
        "residence": "Thôn Nà Mò, xã Tân Văn, tỉnh Lạng Sơn",
    },
    "father": {"name": "Hoàng Văn Đức", "born_in": "1993", "ethnicity": "Nùng", "nationality": "Việt Nam"},
    "declarant": {"name": "Hoàng Thị Mai", "relation": "mẹ", "paper": "Căn cước số 020195004817"},
    "signer": {"lines": ["Chủ tịch"], "name": "Nông Văn Hải"},
}
APOLOGY = COMMON | {
    "received_at": "2026-11-20T09:00:00+07:00",
    "due_first_at": "2026-11-23T17:00:00+07:00",
    "due_at": "2026-11-25T17:00:00+07:00",
    "reasons": [{"text": "Chờ cơ quan đăng ký cư trú nơi khác xác minh."}],
    "times": "một",
    "officer": "Nông Văn Thắng",
}
STOP_NOTICE = COMMON | {
    "received_at": "2026-11-20T09:00:00+07:00",
    "stopped_at": "2026-12-21T00:00:00+07:00",
    "reasons": [{"text": "Đã hết hạn bổ sung mà chưa nhận được giấy tờ."}],
    "advice": REFUSAL["advice"],
    "complaint": REFUSAL["complaint"],
    "officer": "",
}
CONTROL_SLIP = COMMON | {
    "received_at": "2026-11-20T09:00:00+07:00",
    "due_at": "2026-11-23T17:00:00+07:00",
    "steps": [
        {
            "what": "Tiếp nhận", "giver": "Hoàng Thị Mai", "taker": "Bộ phận một cửa: Lộc Thị Hoa",
            "at": "2026-11-20T08:30:00+07:00", "due_at": "", "done_at": "2026-11-20T09:00:00+07:00",
            "standing": "Không có hạn riêng", "why": "",
        },
        {
            "what": "Trình ký", "giver": "Bộ phận một cửa: Lộc Thị Hoa", "taker": "Công chức chuyên môn: Nông Văn Thắng",
            "at": "2026-11-20T09:00:00+07:00", "due_at": "2026-11-20T17:00:00+07:00", "done_at": "2026-11-23T10:00:00+07:00",
            "standing": "Quá hạn 3 ngày", "why": "Chờ xác minh nơi cư trú.",
        },
    ],
    "outcome": "Chưa xong",
}  # fmt: skip
REGISTER = COMMON | {
    "unit": "Xã Tân Văn",
    "period": "từ 01/11/2026 đến 30/11/2026",
    "filters": "",
    "first": 1,
    "lines": [
        {
            "code": COMMON["code"], "procedure": "Đăng ký khai sinh", "sets": "01", "applicant": "Hoàng Thị Mai",
            "contact": "0912 345 678", "handler": "Ủy ban nhân dân xã Tân Văn", "received_at": "2026-11-20T09:00:00+07:00",
            "due_at": "2026-11-23T17:00:00+07:00", "resolved_at": "", "returned_at": "", "delivery": "tại quầy",
            "standing": "đang giải quyết",
        }
    ],
}  # fmt: skip
PROOF = COMMON | {
    "tracking": "TS-7K3M-9QXD-42",
    "filed_at": "2026-11-23T15:12:00+07:00",
    "papers": [{"name": "Giấy chứng sinh", "sha256": sha256(b"a").hexdigest()}],
    "fact": {"kind": "cases.dossier.filed", "number": 1, "hash": sha256(b"b").hexdigest()},
    "path": [{"side": side, "hash": sha256(side.encode()).hexdigest()} for side in ("left", "right")],
    "seal": {
        "number": 48211,
        "root": sha256(b"c").hexdigest(),
        "hash": sha256(b"d").hexdigest(),
        "stamped_at": "2026-11-23T15:13:01+07:00",
    },
    "authority": "tổ chức chứng thực thử nghiệm",
}
CONTENTS = {
    "receipt": RECEIPT,
    "supplement": SUPPLEMENT,
    "refusal": REFUSAL,
    "apology": APOLOGY,
    "stop_notice": STOP_NOTICE,
    "control_slip": CONTROL_SLIP,
    "register": REGISTER,
}
FORM_SETS = tomllib.loads((settings.PACKS_ROOT / "national" / "documents" / "form_sets.toml").read_text())["set"]
FORMS = {
    f"{each['code']}/{form['kind']}": (
        f"one-stop/{form['template']}",
        CONTENTS[form["kind"]] | {"form": {"number": form["number"], "name": form["name"], "law": each["law"]}},
        form,
    )
    for each in FORM_SETS
    for form in each["form"]
}
OTHERS = {"birth_certificate": BIRTH, "filing_proof": PROOF}
TEMPLATES = {name: fields for name, (_path, fields, _form) in FORMS.items()} | OTHERS

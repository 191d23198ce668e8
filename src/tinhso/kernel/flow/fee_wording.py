"""The sentences that say what is wrong with a fee, by code: Vietnamese, English."""

from tinhso.kernel.flow.problem import Place, Problem, Wording, worded

FEE_WORDING: Wording = {
    "repeated_fee": ("Khoản thu “{fee}” đã có ở trên.", "The fee “{fee}” is given above."),
    "unknown_fee_word": (
        "Khoản thu “{fee}”: không có {key} “{value}”; dùng được: {known}.",
        "The fee “{fee}”: there is no {key} “{value}”; there are: {known}.",
    ),
    "fee_without_amount": (
        "Khoản thu “{fee}” cần đúng một trong: amount_dong, prices, set_by, assessed_by.",
        "The fee “{fee}” has exactly one of: amount_dong, prices, set_by, assessed_by.",
    ),
    "fee_assessed_at_filing": (
        "Khoản thu “{fee}” chờ cơ quan khác tính thì không thể thu lúc nộp hồ sơ (moment).",
        "The fee “{fee}” is assessed by another office and cannot be asked at filing (moment).",
    ),
    "fee_never_asked": (
        "Khoản thu “{fee}” thu ở một bước nhưng không bước nào có ask_payment.",
        "The fee “{fee}” is asked by a step, but no step has the effect ask_payment.",
    ),
    "payment_act_missing": (
        "“{state}” chờ nộp tiền: nộp đủ rồi, system phải luôn làm được việc “{act}”, nhưng không có dòng nào như vậy.",
        "“{state}” waits for payment: once paid the system must always be able to do “{act}”; no row says so.",
    ),
    "nothing_to_ask": (
        'Việc “{act}” có ask_payment nhưng không khoản thu nào có moment = "step".',
        'The act “{act}” has ask_payment, but no fee has moment = "step".',
    ),
    "wrong_tiers": (
        "Khoản thu “{fee}”: bậc giá phải tăng dần, và chỉ bậc cuối không có up_to.",
        "The fee “{fee}”: tiers must rise, and only the last has no up_to.",
    ),
    "tiers_without_per": (
        "Khoản thu “{fee}” có bậc giá hoặc mức trần thì cần per.",
        "The fee “{fee}” has tiers or a cap and needs per.",
    ),
    "cap_below_tier": (
        "Khoản thu “{fee}”: mức trần {cap} thấp hơn giá một đơn vị {price}.",
        "The fee “{fee}”: the cap {cap} is below the price of one unit, {price}.",
    ),
    "fee_too_small": (
        "Khoản thu “{fee}”: {price} nhỏ bất thường, có thể thiếu ba số 0.",
        "The fee “{fee}”: {price} is oddly small; three noughts may be missing.",
    ),
    "days_reversed": (
        "Khoản thu “{fee}”: ngày kết thúc đứng trước ngày bắt đầu.",
        "The fee “{fee}”: the last day is before the first.",
    ),
    "prices_overlap": (
        "Khoản thu “{fee}”: dòng giá {row} trùng thời gian với dòng {other}.",
        "The fee “{fee}”: price {row} overlaps with price {other}.",
    ),
    "fee_without_price": (
        "Khoản thu “{fee}” không có giá nào cho kênh {channel}, ngày {day}.",
        "The fee “{fee}” has no price for the channel {channel} on {day}.",
    ),
    "wrong_percent": (
        "Khoản thu “{fee}”: phần giảm phải từ 1 đến 100 phần trăm.",
        "The fee “{fee}”: a relief is of 1 to 100 percent.",
    ),
    "reduction_not_lower": (
        "Khoản thu “{fee}”: giá giảm {price} không thấp hơn giá thường.",
        "The fee “{fee}”: the reduced price {price} is not lower than the usual one.",
    ),
    "reduction_without_end": (
        "Khoản thu “{fee}”: giảm “{relief}” thiếu ngày kết thúc (until).",
        "The fee “{fee}”: the reduction “{relief}” has no last day (until).",
    ),
    "unknown_fee_field": (
        "Khoản thu “{fee}” dùng câu hỏi “{field}” mà biểu mẫu không có.",
        "The fee “{fee}” uses the field “{field}”, which the form does not have.",
    ),
    "each_without_count": (
        "Khoản thu “{fee}” tính theo từng dòng (each) thì cần per hoặc times.",
        "The fee “{fee}” is reckoned for each row and needs per or times.",
    ),
    "unit_without_words": (
        "Khoản thu “{fee}” đếm “{field}” thì cần unit để nói đếm gì.",
        "The fee “{fee}” counts “{field}” and needs unit to say what that is.",
    ),
    "unknown_local_fee": (
        "Thủ tục “{procedure}” không có khoản thu “{fee}” do tỉnh quyết định.",
        "The procedure “{procedure}” has no fee “{fee}” that the province sets.",
    ),
}


def problem(code: str, place: Place, /, **named: object) -> Problem:
    """The problem of that code with a fee."""
    return worded(FEE_WORDING, code, place, **named)

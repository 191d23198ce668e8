"""The sentences that say what is wrong with a procedure, by code: Vietnamese, English."""

from tinhso.kernel.flow.problem import Place, Problem, Wording, worded

WORDING: Wording = {
    # A table that cannot be read.
    "missing_key": ("{place}: thiếu mục này.", "{place}: this key is missing."),
    "unknown_key": (
        "{place}: không có mục này; dùng được: {known}.",
        "{place}: there is no such key; there are: {known}.",
    ),
    "wrong_type": ("{place}: phải là {expected}.", "{place}: must be {expected}."),
    "wrong_code": (
        "{place}: “{value}” chỉ được có chữ thường không dấu, số và gạch dưới.",
        "{place}: “{value}” may have small letters, digits and underscores only.",
    ),
    "wrong_number": (
        "{place}: “{value}” không được nhỏ hơn {least}.",
        "{place}: “{value}” must not be less than {least}.",
    ),
    "no_number": ("{place}: “{value}” không phải là số.", "{place}: “{value}” is no number."),
    "wrong_date": ("{place}: “{value}” không phải là ngày (2025-07-01).", "{place}: “{value}” is no day (2025-07-01)."),
    "wrong_time": ("{place}: “{value}” không phải là giờ (15:00).", "{place}: “{value}” is no time of day (15:00)."),
    "wrong_condition": ("{place}: {fault}.", "{place}: {fault}."),
    # States and steps by themselves.
    "repeated_code": ("Mã “{value}” đã dùng ở trên.", "The code “{value}” is used above."),
    "unknown_state": ("Không có trạng thái “{state}”.", "There is no state “{state}”."),
    "no_final_state": ("Quy trình không có trạng thái kết thúc.", "The flow has no final state."),
    "final_state_with_step": (
        "“{state}” là trạng thái kết thúc nhưng việc “{act}” vẫn đi ra từ đó.",
        "“{state}” is final, yet the act “{act}” leads out of it.",
    ),
    "final_state_with_holder": (
        "“{state}” là trạng thái kết thúc: không ai giữ hay chờ ở đó.",
        "“{state}” is final: nobody holds it or waits in it.",
    ),
    "state_nobody_holds": (
        "Trạng thái “{state}” không ai giữ, cũng không chờ ai.",
        "Nobody holds the state “{state}”, and it waits for nobody.",
    ),
    "wrong_holder": (
        "“{role}” không giữ việc được; trạng thái “{state}” phải dùng wait.",
        "“{role}” cannot hold work; the state “{state}” must use a wait.",
    ),
    "holder_without_act": (
        "“{role}” giữ trạng thái “{state}” nhưng không có việc nào để làm ở đó.",
        "“{role}” holds the state “{state}” but has no act to do there.",
    ),
    "wait_without_limit": (
        "Trạng thái “{state}” chờ mà không có hạn (limit).",
        "The state “{state}” waits without a limit.",
    ),
    "wait_without_expiry_act": (
        "Trạng thái “{state}” chờ mà không nói hết hạn thì làm gì (then).",
        "The state “{state}” waits and does not say what happens after that (then).",
    ),
    "expiry_act_missing": (
        "Hết hạn chờ ở “{state}”, system phải luôn làm được việc “{act}”, nhưng không có dòng nào như vậy.",
        "When “{state}” has waited long enough the system must always be able to do “{act}”; no row says so.",
    ),
    "join_without_sub_cases": ("“{state}” có {key} nhưng không có sub_cases.", "“{state}” has {key} but no sub_cases."),
    "sub_cases_without_join": (
        "“{state}” mở hồ sơ con mà không nói chờ tất cả (all) hay chỉ một (any).",
        "“{state}” opens sub-cases and does not say whether it joins all or any.",
    ),
    "sub_cases_without_then": (
        "“{state}” mở hồ sơ con mà không nói xong thì làm gì (then).",
        "“{state}” opens sub-cases and does not say what happens after them (then).",
    ),
    "join_act_missing": (
        "Hồ sơ con của “{state}” xong, system phải luôn làm được việc “{act}”, nhưng không có dòng nào như vậy.",
        "When the sub-cases of “{state}” end the system must always be able to do “{act}”; no row says so.",
    ),
    "sub_case_without_unit": (
        "Hồ sơ con “{procedure}” cần đúng một trong hai mục unit và unit_field.",
        "The sub-case “{procedure}” has exactly one of unit and unit_field.",
    ),
    "sub_cases_not_opened": (
        "Việc “{act}”: effects có open_sub_cases khi và chỉ khi việc ấy đi vào trạng thái có hồ sơ con.",
        "The act “{act}” has the effect open_sub_cases if and only if it enters a state with sub-cases.",
    ),
    "system_act_without_cause": (
        "Không có gì khiến system làm việc “{act}” ở “{state}”.",
        "Nothing makes the system do “{act}” in “{state}”.",
    ),
    "ambiguous_act": (
        "Việc “{act}” từ “{state}” có hai dòng cùng đúng một lúc.",
        "The act “{act}” from “{state}” has two rows that are open together.",
    ),
    "turn_not_asked": (
        "Việc “{act}” chuyển hoặc mở lại hồ sơ nên phải hỏi (asks): {asks}.",
        "The act “{act}” moves or reopens a case, so it must ask: {asks}.",
    ),
    "unit_without_move": (
        "Việc “{act}” hỏi đơn vị nhận (unit) nhưng không chuyển hồ sơ (move_to_unit).",
        "The act “{act}” asks for a unit but moves the case nowhere (move_to_unit).",
    ),
    "moved_to_nobody": (
        "Việc “{act}” chuyển hồ sơ tới “{state}”, nơi không ai ở đơn vị nhận giữ việc.",
        "The act “{act}” moves the case to “{state}”, where nobody at the other unit holds it.",
    ),
    "reopened_by_nobody": (
        "Việc “{act}” mở lại hồ sơ: phải do một người của đơn vị làm, không phải “{role}”.",
        "The act “{act}” reopens a case: an officer must do it, not “{role}”.",
    ),
    "reopening_out_of_place": (
        "Việc “{act}” từ “{state}”: chỉ mở lại được từ trạng thái kết thúc sang trạng thái đang giải quyết.",
        "The act “{act}” from “{state}”: only what is over can be reopened, into a state that is not.",
    ),
    "wrong_national_state": (
        "Trạng thái “{state}” cần số trạng thái quốc gia (national) từ 1 đến 10.",
        "The state “{state}” needs a national state number from 1 to 10.",
    ),
    "national_move": (
        "Việc “{act}” đi từ trạng thái quốc gia {source} sang {target}, không được phép.",
        "The act “{act}” goes from national state {source} to {target}, which is not allowed.",
    ),
    # The ways through the flow.
    "unreachable_state": ("Không có cách nào đến được trạng thái “{state}”.", "No way leads to the state “{state}”."),
    "dead_end": (
        "Không có việc nào đưa hồ sơ ra khỏi trạng thái “{state}”.",
        "No act leads out of the state “{state}”.",
    ),
    "circle_without_exit": (
        "Từ “{state}” đi mãi không đến trạng thái kết thúc nào.",
        "From “{state}” no way leads to a final state.",
    ),
    "stuck_for_some_answers": (
        "Hồ sơ bị kẹt ở “{state}” khi: {answers}.",
        "A case is stuck in “{state}” when: {answers}.",
    ),
    "clock_never_started": (
        "Thủ tục “{procedure}” có hạn nhưng không việc nào bắt đầu tính giờ (start_clock).",
        "The procedure “{procedure}” has a deadline but nothing starts the clock (start_clock).",
    ),
    "clock_without_deadline": (
        "Thủ tục “{procedure}” tính giờ nhưng không có hạn (deadline).",
        "The procedure “{procedure}” counts time but has no deadline.",
    ),
    "clock_effect_out_of_place": (
        "Việc “{act}” từ “{state}” có {effect} trong khi đồng hồ đang ở thế “{clock}”.",
        "The act “{act}” from “{state}” has {effect} while the clock is “{clock}”.",
    ),
    "clock_left_running": (
        "Việc “{act}” từ “{state}” kết thúc hồ sơ mà không dừng đồng hồ (stop_clock).",
        "The act “{act}” from “{state}” ends the case and does not stop the clock (stop_clock).",
    ),
    # Deadlines.
    "unknown_unit_of_time": (
        "Không có đơn vị thời gian “{unit}”; dùng được: {known}.",
        "There is no unit of time “{unit}”; there are: {known}.",
    ),
    "impossible_deadline": ("Hạn “{said}” không tính được: {why}.", "A deadline of “{said}” cannot be counted: {why}."),
    "cut_off_without_working_day": (
        "Giờ chốt {hour} chỉ dùng với working_day, không dùng với “{unit}”.",
        "The cut-off {hour} goes with working_day only, not with “{unit}”.",
    ),
    "deadline_longer_than_case": (
        "Hạn {said} của trạng thái “{state}” dài hơn hạn {whole} của cả thủ tục.",
        "The limit {said} of the state “{state}” is longer than the {whole} of the whole procedure.",
    ),
    "extension_more_than_once": (
        "Chỉ được hẹn lại một lần, không phải {times} lần (NĐ 61/2018/NĐ-CP, Điều 19).",
        "A deadline may be put off once, not {times} times (decree 61/2018, article 19).",
    ),
    "extension_not_given": (
        "Việc “{act}” hẹn lại ngày trả nhưng thủ tục không cho phép (extension).",
        "The act “{act}” puts the deadline off, which the procedure does not allow (extension).",
    ),
    # What the procedure names and what there is.
    "wrong_procedure_code": (
        "Mã thủ tục “{value}” phải như 1.001193 hoặc là chữ thường không dấu.",
        "The procedure code “{value}” must look like 1.001193 or be small letters.",
    ),
    "unknown_role": ("Không có vai trò “{role}”.", "There is no role “{role}”."),
    "unknown_form": (
        "Không có biểu mẫu “{form}” dùng được từ ngày {version}.",
        "There is no form “{form}” in use on {version}.",
    ),
    "missing_form": (
        "Thủ tục “{procedure}” nhận hồ sơ mà không có biểu mẫu (form).",
        "The procedure “{procedure}” takes dossiers but names no form.",
    ),
    "unknown_field": (
        "Điều kiện hỏi câu “{field}” mà biểu mẫu “{form}” không có.",
        "The condition names the field “{field}”, which the form “{form}” does not have.",
    ),
    "unknown_effect": ("Không có tác dụng (effect) “{effect}”.", "There is no effect “{effect}”."),
    "unknown_ask": (
        "Việc “{act}” đòi “{ask}”, không phải mục biết trước hay câu hỏi của biểu mẫu.",
        "The act “{act}” asks for “{ask}”, which is neither a known answer nor a field of the form.",
    ),
    "unknown_procedure": (
        "Không có thủ tục “{procedure}” để mở hồ sơ con.",
        "There is no procedure “{procedure}” to open a sub-case of.",
    ),
    "unknown_unit_kind": ("Không có loại cơ quan “{unit}”.", "There is no kind of unit “{unit}”."),
    "unknown_channel": (
        "Không có kênh nộp “{channel}”; dùng được: {known}.",
        "There is no channel “{channel}”; there are: {known}.",
    ),
    "unknown_service_level": (
        "Không có mức dịch vụ “{level}”; dùng được: {known}.",
        "There is no service level “{level}”; there are: {known}.",
    ),
    "missing_notice": (
        "Việc “{act}” phải báo cho người nộp nhưng chưa có lời báo cho “{fact}”.",
        "The applicant must be told of “{act}”, but there is no notice for “{fact}”.",
    ),
    "missing_told": (
        "Trạng thái “{state}” chưa có lời nói với người nộp (told).",
        "The state “{state}” has no words for the applicant (told).",
    ),
    "missing_translation": (
        "{place}: thiếu bản tiếng {language} của “{known}”.",
        "{place}: the {language} of “{known}” is missing.",
    ),
}


def problem(code: str, place: Place, /, **named: object) -> Problem:
    """The problem of that code with a procedure."""
    return worded(WORDING, code, place, **named)


def place_name(place: Place) -> str:
    """A place as one writes it, rows counted from 1: step.3.role."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)

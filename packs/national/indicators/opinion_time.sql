-- title: Thời gian trả lời của cơ quan phối hợp
-- title_en: Time agencies take to answer
-- definition: Trung bình bao nhiêu ngày từ lúc hỏi đến lúc cơ quan phối hợp trả lời hoặc làm xong phần việc của mình.
-- definition_en: Days until the agency asked has answered, or done its part, on average.
-- numerator: tổng thời gian
-- numerator_en: total time
-- denominator: việc phối hợp đã xong
-- denominator_en: parts done by other agencies
-- unit: day    better: lower    level: commune    drill: case    group: time    order: 20
-- source: Nghị định 61/2018/NĐ-CP, Điều 19 khoản 5 và 6; TT 01/2018/TT-VPCP, chỉ số 2. Cách tính do tinhso chọn.
select date_trunc('month', closed_at)::date as month, unit, public_id, date_diff('second', filed_at, closed_at) as value
from cases
where is_sub_case and closed_at is not null

-- title: Tỷ lệ ý kiến phối hợp được trả lời
-- title_en: Opinions that were answered
-- definition: Trong các việc xin ý kiến, phối hợp kết thúc trong kỳ, bao nhiêu việc được trả lời; im lặng quá hạn bị ghi
--   nhận là không trả lời.
-- definition_en: Of the requests to other agencies that ended in the period, how many were answered; silence past the limit
--   is recorded as none.
-- numerator: việc được trả lời
-- numerator_en: requests answered
-- denominator: việc phối hợp kết thúc
-- denominator_en: requests ended
-- unit: percent    better: higher    level: commune    drill: case    group: time    order: 21
-- source: Nghị định 61/2018/NĐ-CP, Điều 19 khoản 5 (quá hạn không trả lời phải được ghi nhận và báo cáo).
select date_trunc('month', closed_at)::date as month, unit, public_id, unanswered = 0 as value
from cases
where is_sub_case and closed_at is not null

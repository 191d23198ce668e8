-- title: Hồ sơ trễ hẹn đầu có xin lỗi, hẹn lại trước hạn
-- title_en: Late dossiers with an apology in time
-- definition: Trong các hồ sơ xong sau ngày hẹn đầu tiên, bao nhiêu hồ sơ đã được xin lỗi và hẹn lại trước khi hết hạn đó.
-- definition_en: Of the dossiers done after their first date, how many were apologised for and given a new date before it
--   passed.
-- numerator: hồ sơ được xin lỗi trước hạn
-- numerator_en: dossiers apologised for in time
-- denominator: hồ sơ xong sau ngày hẹn đầu
-- denominator_en: dossiers done after their first date
-- unit: percent    better: higher    level: commune    drill: case    group: time    order: 22    target: 100
-- source: Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9; điều tương ứng của Nghị định 118/2025/NĐ-CP chưa đối chiếu.
select date_trunc('month', resolved_at)::date as month, unit, public_id,
    coalesce(extended_at <= due_first_at, false) as value
from cases
where kind = 'dossier' and resolved_at is not null and resolved_at > due_first_at

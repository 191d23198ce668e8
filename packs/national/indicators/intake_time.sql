-- title: Thời gian từ lúc nộp đến lúc tiếp nhận
-- title_en: Time from filing to acceptance
-- definition: Trung bình bao nhiêu giờ kể từ lúc người dân nộp đến lúc hồ sơ được tiếp nhận, tính cả ngoài giờ làm việc và
--   cả lúc chờ bổ sung trước tiếp nhận.
-- definition_en: Hours from filing to acceptance on average, nights, days off and papers asked for before acceptance
--   included.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ đã tiếp nhận
-- denominator_en: dossiers accepted
-- unit: hour    better: lower    level: commune    drill: case    group: time    order: 14
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (thời gian xử lý theo từng bước); TT 01/2018/TT-VPCP, chỉ số 2. Cách tính do
--   tinhso chọn.
select date_trunc('month', accepted_at)::date as month, unit, public_id,
    date_diff('second', filed_at, accepted_at) as value
from cases
where kind = 'dossier' and accepted_at is not null

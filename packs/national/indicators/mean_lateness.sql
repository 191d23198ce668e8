-- title: Số ngày trễ trung bình của hồ sơ trễ
-- title_en: Mean lateness of late dossiers
-- definition: Với các hồ sơ giải quyết xong sau hạn trong kỳ: trung bình trễ bao nhiêu ngày so với ngày hẹn đang có hiệu
--   lực.
-- definition_en: Of the dossiers resolved late in the period: by how many days they missed the date then in force, on
--   average.
-- numerator: tổng thời gian trễ
-- numerator_en: total lateness
-- denominator: hồ sơ xong trễ
-- denominator_en: dossiers done late
-- unit: day    better: lower    level: commune    drill: case    group: time    order: 13
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (thời gian xử lý, tỷ lệ đúng hạn); cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, date_diff('second', due_at, resolved_at) as value
from cases
where kind = 'dossier' and resolved_at is not null and resolved_at > due_at

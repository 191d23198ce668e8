-- title: Mức độ tự động hóa
-- title_en: Degree of automation
-- definition: Trong các bước của hồ sơ xong trong kỳ, tính theo hồ sơ: bao nhiêu hồ sơ có ít nhất một bước do hệ thống tự
--   làm.
-- definition_en: Of the dossiers resolved in the period, how many had at least one step done by the system itself.
-- numerator: hồ sơ có bước tự động
-- numerator_en: dossiers with an automatic step
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 39
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (mức độ tự động hóa); văn bản chưa cho công thức, cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, acts_by_machine > 0 as value
from cases
where kind = 'dossier' and resolved_at is not null

-- title: Tỷ lệ kết quả được cấp bản điện tử
-- title_en: Results issued electronically
-- definition: Trong các hồ sơ đã có kết quả trong kỳ, bao nhiêu hồ sơ có bản kết quả điện tử ký số.
-- definition_en: Of the dossiers whose result came in the period, how many have a signed electronic one.
-- numerator: hồ sơ có kết quả điện tử
-- numerator_en: dossiers with an electronic result
-- denominator: hồ sơ đã có kết quả
-- denominator_en: dossiers with a result
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 36    target: 100
-- source: Quyết định 766/QĐ-TTg, nhóm số hóa hồ sơ (cấp kết quả giải quyết điện tử); Nghị định 45/2020/NĐ-CP, Nghị định
--   107/2021/NĐ-CP.
select date_trunc('month', resolved_at)::date as month, unit, public_id, result_at is not null as value
from cases
where kind = 'dossier' and resolved_at is not null and state in ('resolved', 'returned')

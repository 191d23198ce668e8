-- title: Tỷ lệ hồ sơ thuộc dịch vụ công toàn trình
-- title_en: Dossiers of fully online services
-- definition: Trong các hồ sơ nộp trong kỳ, bao nhiêu hồ sơ thuộc thủ tục cung cấp ở mức toàn trình.
-- definition_en: Of the dossiers filed in the period, how many belong to services offered fully online.
-- numerator: hồ sơ thuộc dịch vụ toàn trình
-- numerator_en: dossiers of full services
-- denominator: hồ sơ đã nộp
-- denominator_en: dossiers filed
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 31
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (tỷ lệ dịch vụ công toàn trình), tính trên hồ sơ thật thay vì trên số thủ tục.
select date_trunc('month', filed_at)::date as month, unit, public_id, coalesce(service_level = 'full', false) as value
from cases
where kind = 'dossier' and filed_at is not null

-- title: Tỷ lệ nộp trực tuyến của dịch vụ toàn trình
-- title_en: Filed online among full services
-- definition: Trong các hồ sơ của dịch vụ công toàn trình nộp trong kỳ, bao nhiêu hồ sơ được nộp qua mạng.
-- definition_en: Of the dossiers of fully online services filed in the period, how many were filed over the network.
-- numerator: hồ sơ nộp trực tuyến
-- numerator_en: dossiers filed online
-- denominator: hồ sơ của dịch vụ toàn trình
-- denominator_en: dossiers of full services
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 32
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (tỷ lệ hồ sơ tiếp nhận trực tuyến); Quyết định 766/QĐ-TTg, nhóm cung cấp dịch vụ
--   trực tuyến.
select date_trunc('month', filed_at)::date as month, unit, public_id, channel in ('online', 'national_portal') as value
from cases
where kind = 'dossier' and filed_at is not null and service_level = 'full'

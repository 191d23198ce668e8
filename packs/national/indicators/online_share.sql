-- title: Tỷ lệ hồ sơ nộp trực tuyến
-- title_en: Dossiers filed online
-- definition: Trong các hồ sơ nộp trong kỳ, bao nhiêu hồ sơ người dân, doanh nghiệp tự nộp qua mạng (không phải tại quầy hay qua bưu chính).
-- definition_en: Of the dossiers filed in the period, how many people filed over the network (not at the desk or by post).
-- numerator: hồ sơ nộp trực tuyến
-- numerator_en: dossiers filed online
-- denominator: hồ sơ đã nộp
-- denominator_en: dossiers filed
-- unit: percent    better: higher    level: commune    drill: case    group: main    order: 3
-- source: Nghị định 224/2026/NĐ-CP, Điều 19; TT 01/2018/TT-VPCP, chỉ số 9.
select date_trunc('month', filed_at)::date as month, unit, public_id, channel in ('online', 'national_portal') as value
from cases
where kind = 'dossier'

-- title: Tỷ lệ hồ sơ đến từ Cổng Dịch vụ công quốc gia
-- title_en: Dossiers from the national portal
-- definition: Trong các hồ sơ nộp qua mạng trong kỳ, bao nhiêu hồ sơ được nộp trên Cổng Dịch vụ công quốc gia.
-- definition_en: Of the dossiers filed online in the period, how many came through the national portal.
-- numerator: hồ sơ từ Cổng quốc gia
-- numerator_en: dossiers from the national portal
-- denominator: hồ sơ nộp trực tuyến
-- denominator_en: dossiers filed online
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 34
-- source: Từ 01/07/2025 Cổng quốc gia là nơi nộp tập trung (Công văn 623/TTg-KSTT); mục tiêu cụ thể chưa thấy văn bản.
select date_trunc('month', filed_at)::date as month, unit, public_id, channel = 'national_portal' as value
from cases
where kind = 'dossier' and filed_at is not null and channel in ('online', 'national_portal')

-- title: Tỷ lệ hồ sơ phải mở lại
-- title_en: Dossiers opened again
-- definition: Trong các hồ sơ nộp trong kỳ và đã tiếp nhận, bao nhiêu hồ sơ về sau được mở lại sau khi đã kết thúc.
-- definition_en: Of the dossiers filed in the period and accepted, how many were opened again after they had ended.
-- numerator: hồ sơ mở lại
-- numerator_en: dossiers opened again
-- denominator: hồ sơ đã tiếp nhận
-- denominator_en: dossiers accepted
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 60
-- source: Cách tính do tinhso chọn; văn bản về mở lại hồ sơ một cửa chưa thấy.
select date_trunc('month', filed_at)::date as month, unit, public_id, reopenings > 0 as value
from cases
where kind = 'dossier' and filed_at is not null and accepted_at is not null

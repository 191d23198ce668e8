-- title: Tỷ lệ kết quả trả bằng bản điện tử
-- title_en: Results delivered electronically
-- definition: Trong các hồ sơ trả kết quả trong kỳ, bao nhiêu hồ sơ trả bằng bản điện tử vào kho của người dân, không phải
--   đến lấy hay gửi bưu chính.
-- definition_en: Of the dossiers handed over in the period, how many were delivered into the person’s own store, not
--   collected or posted.
-- numerator: kết quả trả điện tử
-- numerator_en: results delivered electronically
-- denominator: kết quả đã trả
-- denominator_en: results delivered
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 37
-- source: Quyết định 766/QĐ-TTg, nhóm số hóa hồ sơ; cách tính do tinhso chọn.
select date_trunc('month', handed_over_at)::date as month, unit, public_id, delivered_by = 'electronic' as value
from cases
where kind = 'dossier' and handed_over_at is not null and delivered_by is not null

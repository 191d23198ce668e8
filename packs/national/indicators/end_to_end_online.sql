-- title: Tỷ lệ hồ sơ trực tuyến từ đầu đến cuối
-- title_en: Dossiers online from end to end
-- definition: Trong các hồ sơ trả kết quả trong kỳ, bao nhiêu hồ sơ vừa nộp qua mạng, vừa nhận bản điện tử và không trả tiền
--   mặt: người dân không phải đến lần nào.
-- definition_en: Of the dossiers handed over in the period, how many were filed online, delivered electronically and not
--   paid in cash: nobody had to come.
-- numerator: hồ sơ không phải đến lần nào
-- numerator_en: dossiers without a visit
-- denominator: hồ sơ đã trả kết quả
-- denominator_en: dossiers handed over
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 33
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (tỷ lệ hồ sơ trực tuyến toàn trình); chỉ tiêu 80% của Gia Lai, 100% của Lào Cai.
--   Cách tính do tinhso chọn.
select date_trunc('month', handed_over_at)::date as month, unit, public_id,
    channel in ('online', 'national_portal') and delivered_by = 'electronic' and coalesce(paid_by <> 'cash', true) as value
from cases
where kind = 'dossier' and handed_over_at is not null and delivered_by is not null

-- title: Tỷ lệ hồ sơ thanh toán trực tuyến
-- title_en: Dossiers paid online
-- definition: Trong các hồ sơ nộp trong kỳ có thu tiền và đã trả, bao nhiêu hồ sơ trả qua chuyển khoản, mã QR hay cổng thanh
--   toán.
-- definition_en: Of the dossiers filed in the period that cost money and are paid, how many were paid by transfer, QR or
--   gateway.
-- numerator: hồ sơ trả trực tuyến
-- numerator_en: dossiers paid online
-- denominator: hồ sơ đã trả tiền
-- denominator_en: dossiers paid
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 38
-- source: Quyết định 766/QĐ-TTg (thanh toán trực tuyến); Nghị định 224/2026/NĐ-CP, Điều 15.
select date_trunc('month', filed_at)::date as month, unit, public_id, paid_by = 'transfer' as value
from cases
where kind = 'dossier' and filed_at is not null and paid_by is not null

-- title: Thời gian chờ lãnh đạo ký
-- title_en: Time waiting for the signature
-- definition: Trung bình bao nhiêu giờ từ lúc trình ký lần đầu đến lúc lãnh đạo ký, kể cả khi bị trả lại rồi trình lại.
-- definition_en: Hours from the first proposal to the signature on average, being sent back and proposed again included.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ đã ký
-- denominator_en: dossiers signed
-- unit: hour    better: lower    level: commune    drill: case    group: time    order: 16
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (thời gian xử lý theo từng bước); TT 01/2018/TT-VPCP, chỉ số 2. Cách tính do
--   tinhso chọn.
select date_trunc('month', signed_at)::date as month, unit, public_id,
    date_diff('second', proposed_at, signed_at) as value
from cases
where kind = 'dossier' and signed_at is not null and proposed_at <= signed_at

-- title: Thời gian ở công chức chuyên môn
-- title_en: Time with the handling officer
-- definition: Trung bình bao nhiêu ngày từ lúc tiếp nhận đến lúc trình ký lần đầu, tính cả ngày nghỉ và lúc chờ giấy tờ, ý
--   kiến.
-- definition_en: Days from acceptance to the first proposal for signature on average, days off and waits included.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ đã trình ký
-- denominator_en: dossiers proposed for signature
-- unit: day    better: lower    level: commune    drill: case    group: time    order: 15
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (thời gian xử lý theo từng bước); TT 01/2018/TT-VPCP, chỉ số 2. Cách tính do
--   tinhso chọn.
select date_trunc('month', proposed_at)::date as month, unit, public_id,
    date_diff('second', accepted_at, proposed_at) as value
from cases
where kind = 'dossier' and proposed_at is not null and accepted_at is not null

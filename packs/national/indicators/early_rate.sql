-- title: Tỷ lệ hồ sơ xong trước hạn ít nhất một ngày
-- title_en: Dossiers done at least a day early
-- definition: Trong các hồ sơ giải quyết xong trong kỳ, bao nhiêu hồ sơ xong trước ngày hẹn trả từ một ngày trở lên.
-- definition_en: Of the dossiers resolved in the period, how many were done a day or more before the return date.
-- numerator: hồ sơ xong sớm
-- numerator_en: dossiers done early
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: higher    level: commune    drill: case    group: time    order: 11
-- source: Nghị định 61/2018/NĐ-CP, Điều 20 khoản 4 (khuyến khích trả trước hạn); điều tương ứng của Nghị định 118/2025/NĐ-CP
--   chưa đối chiếu; mốc một ngày do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, resolved_at <= due_at - interval 1 day as value
from cases
where kind = 'dossier' and resolved_at is not null and due_at is not null

-- title: Tỷ lệ giữ đúng ngày hẹn đầu tiên
-- title_en: First return dates kept
-- definition: Trong các hồ sơ giải quyết xong trong kỳ, bao nhiêu hồ sơ xong không muộn hơn ngày hẹn ghi lúc tiếp nhận,
--   không kể các lần hẹn lại.
-- definition_en: Of the dossiers resolved in the period, how many were done by the date given at acceptance, whatever was
--   set later.
-- numerator: hồ sơ giữ đúng hẹn đầu
-- numerator_en: dossiers done by their first date
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: higher    level: commune    drill: case    group: time    order: 12
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (tỷ lệ đúng hạn), xét trên ngày hẹn đầu; cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, resolved_at <= due_first_at as value
from cases
where kind = 'dossier' and resolved_at is not null and due_first_at is not null

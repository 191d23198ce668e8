-- title: Tỷ lệ hồ sơ giải quyết đúng hạn
-- title_en: Dossiers resolved on time
-- definition: Trong các hồ sơ giải quyết xong trong kỳ (kể cả từ chối, dừng hay rút sau khi đã tiếp nhận), bao nhiêu hồ sơ
--   xong không muộn hơn ngày hẹn trả đang có hiệu lực. Chờ người dân đến nhận kết quả không tính là trễ; hồ sơ đang mở
--   mà đã quá hẹn thì chưa vào đây, xem ô “Đang quá hạn”.
-- definition_en: Of the dossiers resolved in the period (refused, stopped or withdrawn after acceptance included), how many
--   were done no later than the return date then in force. Waiting to be collected is not late; open dossiers past their
--   date are not in here yet, see the tile "Late now".
-- numerator: hồ sơ xong đúng hạn
-- numerator_en: dossiers done on time
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: higher    level: commune    drill: case    group: main    order: 1
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (tỷ lệ đúng hạn); cách tính ở đây theo TT 01/2018/TT-VPCP, chưa đối chiếu văn bản mới.
select date_trunc('month', resolved_at)::date as month, unit, public_id, resolved_at <= due_at as value
from cases
where kind = 'dossier' and resolved_at is not null and due_at is not null

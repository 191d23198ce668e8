-- title: Thời gian giải quyết trung bình
-- title_en: Mean time to resolve
-- definition: Từ lúc tiếp nhận đến lúc giải quyết xong, tính cả ngày nghỉ và cả lúc chờ bổ sung giấy tờ: đúng số ngày mà người dân phải chờ.
-- definition_en: From acceptance until resolved, days off and waits for missing papers included: the days people really wait.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: day    better: lower    level: commune    drill: case    group: main    order: 2
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (thời gian xử lý); TT 01/2018/TT-VPCP, chỉ số 1. Cách tính theo ngày lịch do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id,
    date_diff('second', accepted_at, resolved_at) as value
from cases
where kind = 'dossier' and accepted_at is not null and resolved_at is not null

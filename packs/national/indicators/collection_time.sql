-- title: Thời gian kết quả chờ người đến nhận
-- title_en: Time results wait to be collected
-- definition: Trung bình bao nhiêu ngày từ lúc có kết quả đến lúc trả cho người dân.
-- definition_en: Days from the result to its hand-over on average.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ đã trả kết quả
-- denominator_en: dossiers handed over
-- unit: day    better: lower    level: commune    drill: case    group: time    order: 18
-- source: Nghị định 224/2026/NĐ-CP, Điều 19 (thời gian xử lý theo từng bước); cách tính do tinhso chọn.
select date_trunc('month', handed_over_at)::date as month, unit, public_id,
    date_diff('second', resolved_at, handed_over_at) as value
from cases
where kind = 'dossier' and handed_over_at is not null and resolved_at <= handed_over_at

-- title: Tỷ lệ hồ sơ người nộp rút
-- title_en: Dossiers withdrawn
-- definition: Trong các hồ sơ kết thúc trong kỳ, bao nhiêu hồ sơ do người nộp rút.
-- definition_en: Of the dossiers that ended in the period, how many were withdrawn by those who filed them.
-- numerator: hồ sơ đã rút
-- numerator_en: dossiers withdrawn
-- denominator: hồ sơ đã kết thúc
-- denominator_en: dossiers ended
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 56
-- source: Trạng thái 7 trong danh mục đồng bộ quốc gia; cách tính do tinhso chọn.
select date_trunc('month', closed_at)::date as month, unit, public_id, state = 'withdrawn' as value
from cases
where kind = 'dossier' and closed_at is not null

-- title: Tỷ lệ hồ sơ bị từ chối hoặc dừng giải quyết
-- title_en: Dossiers refused or stopped
-- definition: Trong các hồ sơ đã tiếp nhận và kết thúc trong kỳ, bao nhiêu hồ sơ bị từ chối giải quyết hoặc dừng.
-- definition_en: Of the accepted dossiers that ended in the period, how many were refused or stopped.
-- numerator: hồ sơ bị từ chối hoặc dừng
-- numerator_en: dossiers refused or stopped
-- denominator: hồ sơ đã tiếp nhận và kết thúc
-- denominator_en: accepted dossiers that ended
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 55
-- source: Nghị định 61/2018/NĐ-CP, Điều 19 khoản 8; cách tính do tinhso chọn.
select date_trunc('month', closed_at)::date as month, unit, public_id, state = 'stopped' as value
from cases
where kind = 'dossier' and closed_at is not null and accepted_at is not null

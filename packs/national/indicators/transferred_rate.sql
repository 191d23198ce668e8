-- title: Tỷ lệ hồ sơ phải chuyển đơn vị
-- title_en: Dossiers passed to another unit
-- definition: Trong các hồ sơ giải quyết xong trong kỳ, bao nhiêu hồ sơ đã phải chuyển sang đơn vị khác.
-- definition_en: Of the dossiers resolved in the period, how many had to be passed on to another unit.
-- numerator: hồ sơ phải chuyển
-- numerator_en: dossiers passed on
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 58
-- source: TT 01/2018/TT-VPCP, chỉ số 4 (số cơ quan phải liên hệ); cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, transfers > 0 as value
from cases
where kind = 'dossier' and resolved_at is not null

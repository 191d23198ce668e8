-- title: Tỷ lệ hồ sơ phải hẹn lại
-- title_en: Dossiers whose date was put off
-- definition: Trong các hồ sơ giải quyết xong trong kỳ, bao nhiêu hồ sơ đã có lần xin lỗi và hẹn lại.
-- definition_en: Of the dossiers resolved in the period, how many had their return date put off.
-- numerator: hồ sơ có hẹn lại
-- numerator_en: dossiers put off
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: lower    level: commune    drill: case    group: time    order: 23
-- source: Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9 (hẹn lại không quá một lần).
select date_trunc('month', resolved_at)::date as month, unit, public_id, extensions > 0 as value
from cases
where kind = 'dossier' and resolved_at is not null

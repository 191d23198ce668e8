-- title: Tỷ lệ hồ sơ không phải bổ sung
-- title_en: Dossiers complete at the first go
-- definition: Trong các hồ sơ giải quyết xong trong kỳ, bao nhiêu hồ sơ không lần nào bị yêu cầu bổ sung.
-- definition_en: Of the dossiers resolved in the period, for how many no more papers were ever asked.
-- numerator: hồ sơ không phải bổ sung
-- numerator_en: dossiers never asked for more
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: higher    level: commune    drill: case    group: quality    order: 51
-- source: TT 01/2018/TT-VPCP, chỉ số 3 (số lần phải liên hệ lại).
select date_trunc('month', resolved_at)::date as month, unit, public_id, supplements = 0 as value
from cases
where kind = 'dossier' and resolved_at is not null

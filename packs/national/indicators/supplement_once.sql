-- title: Tỷ lệ chỉ yêu cầu bổ sung một lần
-- title_en: Asked for papers only once
-- definition: Trong các hồ sơ xong trong kỳ có yêu cầu bổ sung, bao nhiêu hồ sơ chỉ bị yêu cầu đúng một lần.
-- definition_en: Of the dossiers resolved in the period for which papers were asked, how many were asked just once.
-- numerator: hồ sơ bổ sung một lần
-- numerator_en: dossiers asked once
-- denominator: hồ sơ có yêu cầu bổ sung
-- denominator_en: dossiers asked for papers
-- unit: percent    better: higher    level: commune    drill: case    group: quality    order: 52    target: 100
-- source: Nghị định 61/2018/NĐ-CP, Điều 15 khoản 3 và Điều 17; TT 01/2018/TT-VPCP, chỉ số 3.
select date_trunc('month', resolved_at)::date as month, unit, public_id, supplements = 1 as value
from cases
where kind = 'dossier' and resolved_at is not null and supplements > 0

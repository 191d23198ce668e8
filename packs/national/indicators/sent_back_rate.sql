-- title: Tỷ lệ bị lãnh đạo trả lại
-- title_en: Proposals sent back
-- definition: Trong các hồ sơ giải quyết xong trong kỳ, bao nhiêu hồ sơ bị lãnh đạo hoặc văn thư trả lại ít nhất một lần.
-- definition_en: Of the dossiers resolved in the period, how many were sent back by the leader or the clerk at least once.
-- numerator: hồ sơ bị trả lại
-- numerator_en: dossiers sent back
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 57
-- source: TT 01/2018/TT-VPCP, chỉ số 2 (chất lượng xử lý giữa các khâu); cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, sent_back > 0 as value
from cases
where kind = 'dossier' and resolved_at is not null

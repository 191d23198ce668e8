-- title: Tỷ lệ hồ sơ đóng vì quá hạn bổ sung
-- title_en: Dossiers closed for want of papers
-- definition: Trong các hồ sơ kết thúc trong kỳ, bao nhiêu hồ sơ tự đóng vì người nộp không bổ sung trong hạn.
-- definition_en: Of the dossiers that ended in the period, how many closed by themselves because papers did not come.
-- numerator: hồ sơ đóng vì quá hạn bổ sung
-- numerator_en: dossiers closed for want of papers
-- denominator: hồ sơ đã kết thúc
-- denominator_en: dossiers ended
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 53
-- source: Cách tính do tinhso chọn: số cao cho thấy hướng dẫn khó hiểu.
select date_trunc('month', closed_at)::date as month, unit, public_id,
    lapses > 0 and state in ('stopped', 'not_accepted') as value
from cases
where kind = 'dossier' and closed_at is not null

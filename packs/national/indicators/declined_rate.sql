-- title: Tỷ lệ không tiếp nhận
-- title_en: Dossiers not accepted
-- definition: Trong các hồ sơ kết thúc trong kỳ, bao nhiêu hồ sơ không được tiếp nhận.
-- definition_en: Of the dossiers that ended in the period, how many were not accepted.
-- numerator: hồ sơ không được tiếp nhận
-- numerator_en: dossiers not accepted
-- denominator: hồ sơ đã kết thúc
-- denominator_en: dossiers ended
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 54
-- source: Nghị định 61/2018/NĐ-CP, Điều 17 (từ chối tiếp nhận phải nêu rõ lý do); cách tính do tinhso chọn.
select date_trunc('month', closed_at)::date as month, unit, public_id, state = 'not_accepted' as value
from cases
where kind = 'dossier' and closed_at is not null

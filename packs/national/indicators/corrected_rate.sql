-- title: Tỷ lệ kết quả phải đính chính
-- title_en: Results that had to be corrected
-- definition: Trong các hồ sơ có kết quả trong kỳ, bao nhiêu hồ sơ về sau phải thu hồi kết quả để đính chính.
-- definition_en: Of the dossiers whose result came in the period, how many results had to be withdrawn and corrected since.
-- numerator: hồ sơ phải đính chính
-- numerator_en: dossiers corrected
-- denominator: hồ sơ đã có kết quả
-- denominator_en: dossiers with a result
-- unit: percent    better: lower    level: commune    drill: case    group: quality    order: 59
-- source: TT 03/2025/TT-VPCP (đính chính kết quả), lời văn chưa đối chiếu; cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, corrections > 0 as value
from cases
where kind = 'dossier' and resolved_at is not null and result_at is not null

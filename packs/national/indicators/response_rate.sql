-- title: Tỷ lệ hồ sơ có đánh giá
-- title_en: Dossiers that were rated
-- definition: Trong các hồ sơ đã xong trong kỳ (có kết quả, từ chối, dừng hay rút), bao nhiêu hồ sơ người nộp đã đánh giá ít nhất một lần,
--   kèm giấy hẹn, phiếu bổ sung, phiếu từ chối hay kết quả. Mức hài lòng chỉ đáng tin khi tỷ lệ này không quá thấp.
-- definition_en: Of the dossiers done in the period (resolved, refused, stopped or withdrawn), how many their applicants rated at
--   least once, with the receipt, a request for papers, a refusal or the result. Satisfaction means little while this is low.
-- numerator: hồ sơ có đánh giá
-- numerator_en: dossiers rated
-- denominator: hồ sơ đã xong
-- denominator_en: dossiers done
-- unit: percent    better: higher    level: commune    drill: none    group: people    order: 70
-- note: Ai đã đánh giá thì cán bộ không biết, nên con số này không mở đến từng hồ sơ.
-- note_en: Who rated stays unknown to officers, so this figure does not open down to dossiers.
-- source: TT 01/2018/TT-VPCP, Điều 13 (đánh giá mời kèm các giấy của hồ sơ). Cách tính tỷ lệ do tinhso chọn; luật không đặt mức.
select date_trunc('month', coalesce(resolved_at, closed_at))::date as month, unit, public_id, score is not null as value
from cases
where kind = 'dossier' and coalesce(resolved_at, closed_at) is not null

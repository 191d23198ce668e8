-- title: Mức độ hài lòng
-- title_en: Satisfaction
-- definition: Trong các lượt đánh giá nhận được trong kỳ, bao nhiêu lượt cho từ 4 điểm trở lên (trên 5). Mỗi hồ sơ tính lượt đánh giá sau cùng.
-- definition_en: Of the ratings received in the period, how many gave 4 points or more (of 5). The last rating of a dossier counts.
-- numerator: lượt hài lòng
-- numerator_en: satisfied ratings
-- denominator: lượt đánh giá
-- denominator_en: ratings
-- unit: percent    better: higher    level: commune    drill: none    group: main    order: 4    target: 90
-- note: Người đánh giá được giấu tên với cán bộ được đánh giá, nên con số này không mở đến từng hồ sơ.
-- note_en: Those who rate stay unknown to the officers rated, so this figure does not open down to dossiers.
-- source: TT 01/2018/TT-VPCP, Điều 13 đến Điều 15; mục tiêu 90% theo kế hoạch của nhiều tỉnh, của Lạng Sơn chưa đối chiếu.
select date_trunc('month', rated_at)::date as month, unit, public_id, score >= 4 as value
from cases
where score is not null

-- title: Thời gian chờ cấp số, đóng dấu
-- title_en: Time waiting for number and seal
-- definition: Trung bình bao nhiêu giờ từ lúc lãnh đạo ký đến lúc văn thư cấp số và đóng dấu; chỉ tính kết quả phải đóng
--   dấu.
-- definition_en: Hours from the signature to number and seal on average; only results that are sealed.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ có kết quả đóng dấu
-- denominator_en: dossiers with a sealed result
-- unit: hour    better: lower    level: commune    drill: case    group: time    order: 17
-- source: Nghị định 30/2020/NĐ-CP, Điều 14, 15 và 18 (phát hành trong ngày); cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id,
    date_diff('second', signed_at, resolved_at) as value
from cases
where kind = 'dossier' and resolved_at is not null and signed_at < resolved_at

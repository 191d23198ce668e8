-- title: Mức độ hài lòng theo Quyết định 766
-- title_en: Satisfaction as Decision 766 counts it
-- definition: Trong các hồ sơ giải quyết xong trong kỳ: tất cả trừ hồ sơ bị chấm dưới 4 điểm hoặc trễ hạn. Ai không chấm thì
--   được tính là hài lòng.
-- definition_en: Of the dossiers resolved in the period: all but those rated below 4 or done late. Whoever did not rate
--   counts as satisfied.
-- numerator: hồ sơ không bị chê và không trễ
-- numerator_en: dossiers neither found bad nor late
-- denominator: hồ sơ đã giải quyết xong
-- denominator_en: dossiers resolved
-- unit: percent    better: higher    level: commune    drill: none    group: people    order: 71
-- note: Cách tính này coi im lặng là hài lòng, nên luôn cao hơn “Mức độ hài lòng” tính trên người thật sự chấm.
-- note_en: Silence counts as satisfaction here, so it is always above the figure over those who did rate.
-- source: Quyết định 766/QĐ-TTg, nhóm mức độ hài lòng; công thức theo bài thuyết minh, chưa đối chiếu phụ lục.
select date_trunc('month', resolved_at)::date as month, unit, public_id,
    resolved_at <= due_at and coalesce(score >= 4, true) as value
from cases
where kind = 'dossier' and resolved_at is not null and due_at is not null

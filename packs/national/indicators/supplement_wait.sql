-- title: Thời gian người dân phải chờ để bổ sung
-- title_en: Time spent on handing in more papers
-- definition: Với hồ sơ xong trong kỳ mà từng bị yêu cầu bổ sung: tổng số ngày chờ người nộp bổ sung, trung bình mỗi hồ sơ.
-- definition_en: Of the dossiers resolved in the period for which papers were asked: days spent waiting for them, on
--   average.
-- numerator: tổng thời gian của các hồ sơ
-- numerator_en: total time of the dossiers
-- denominator: hồ sơ từng phải bổ sung
-- denominator_en: dossiers for which papers were asked
-- unit: day    better: lower    level: commune    drill: case    group: time    order: 19
-- source: Nghị định 61/2018/NĐ-CP, Điều 15 và 17 (hướng dẫn bổ sung một lần, đầy đủ); cách tính do tinhso chọn.
select date_trunc('month', resolved_at)::date as month, unit, public_id, waited_seconds as value
from cases
where kind = 'dossier' and resolved_at is not null and supplements > 0 and waited_seconds is not null

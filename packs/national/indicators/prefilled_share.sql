-- title: Tỷ lệ câu hỏi được điền sẵn
-- title_en: Questions that stood answered
-- definition: Trong các câu của những hồ sơ khai từng trang trong kỳ, bao nhiêu câu đã có sẵn câu trả lời, lấy từ định danh, cơ sở
--   dữ liệu, kết quả đã cấp hoặc hồ sơ trước, để người dân chỉ xem lại.
-- definition_en: Of the questions of dossiers filled in page by page in the period, how many stood answered already, from the
--   identity, registers, results or earlier filings.
-- numerator: câu được điền sẵn
-- numerator_en: questions that stood answered
-- denominator: câu của các hồ sơ
-- denominator_en: questions of the dossiers
-- unit: percent    better: higher    level: commune    drill: none    group: once    order: 30.5
-- note: Câu điền theo trường hợp thường gặp (mặc định) không tính là điền sẵn.
-- note_en: Usual answers of the form are not counted as held.
-- source: Nghị định 224/2026/NĐ-CP, Điều 15 khoản 1 điểm d; cách đếm do tinhso chọn.
select date_trunc('month', filed_at)::date as month, unit, public_id, place < prefilled as value
from cases cross join lateral (select unnest(range(asked + prefilled)) as place)
where kind = 'dossier' and asked is not null and prefilled is not null

-- title: Hồ sơ phải khai lại điều Nhà nước đã có
-- title_en: Dossiers that asked for what was held
-- definition: Trong các hồ sơ người dân khai từng trang trong kỳ, bao nhiêu hồ sơ có ít nhất một câu người dân phải tự điền mà
--   câu trả lời trùng với điều đang giữ lúc ấy về họ: họ tên, số định danh, ngày sinh, điện thoại, thư, địa chỉ, tên tổ chức,
--   tên và số trên kết quả đã cấp cho họ.
-- definition_en: Of the dossiers filled in page by page in the period, how many had a question that the person had to answer
--   although the answer was held of them at that moment: name, number, birth, telephone, e-mail, address, body, people and
--   numbers on their results.
-- numerator: hồ sơ phải khai lại
-- numerator_en: dossiers that asked again
-- denominator: hồ sơ khai từng trang
-- denominator_en: dossiers filled in page by page
-- unit: percent    better: lower    level: commune    drill: case    group: once    order: 30    target: 0
-- note: Đếm lúc nộp bằng cách so lời khai với mã băm của điều đang giữ, không giữ lời khai. Bảng nhiều dòng (như thành viên cùng
--   chuyển đến) và hồ sơ do hệ thống khác gửi sang không tính.
-- note_en: Counted when a dossier is sent, by keyed hashes; no answer is kept for it. Groups of rows and dossiers handed in by
--   other systems are not counted.
-- source: Nghị định 224/2026/NĐ-CP, Điều 15 khoản 1 điểm d và Điều 18 khoản 4 (không yêu cầu khai, nộp lại điều đã có); cách đếm do tinhso chọn.
select date_trunc('month', filed_at)::date as month, unit, public_id, asked_although_held > 0 as value
from cases
where kind = 'dossier' and asked_although_held is not null

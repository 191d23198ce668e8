-- title: Thời gian chờ gọi số
-- title_en: Time until a number is called
-- definition: Từ lúc lấy số đến lúc số được gọi lần đầu, trung bình bao nhiêu phút; tính trên các số đã phục vụ xong trong kỳ.
--   Người lấy số rồi bỏ về không vào đây.
-- definition_en: Minutes from taking a number until it is first called, on average, of the numbers served in the period.
--   Those who took one and left are not in here.
-- numerator: tổng thời gian chờ
-- numerator_en: total time waited
-- denominator: số đã phục vụ
-- denominator_en: numbers served
-- unit: minute    better: lower    level: commune    drill: none    group: people    order: 76
-- source: Không có điều luật; nhiều tỉnh đặt mục tiêu chờ không quá 30 phút tại bộ phận một cửa, chưa đối chiếu. Cách tính do
--   tinhso chọn.
select date_trunc('month', happened_at)::date as month, unit, subject as public_id, waiting_seconds as value
from facts
where kind = 'queue.ticket.served' and waiting_seconds is not null

-- title: Tỷ lệ hồ sơ trực tuyến có người giúp
-- title_en: Online dossiers with a helper
-- definition: Trong các hồ sơ nộp qua mạng trong kỳ, bao nhiêu hồ sơ được tổ công nghệ số cộng đồng hoặc cán bộ giúp nộp,
--   người nộp vẫn đứng tên.
-- definition_en: Of the dossiers filed online in the period, how many were filed with a helper, in the person’s own name.
-- numerator: hồ sơ có người giúp
-- numerator_en: dossiers with a helper
-- denominator: hồ sơ nộp trực tuyến
-- denominator_en: dossiers filed online
-- unit: percent    better: higher    level: commune    drill: case    group: online    order: 35
-- note: Cao cho thấy tổ công nghệ số với tới nhiều nhà; thấp chưa hẳn là xấu.
-- note_en: High means the teams reach many homes; low is not bad by itself.
-- source: Kế hoạch tổ công nghệ số cộng đồng của các tỉnh; chưa có công thức chung.
select date_trunc('month', filed_at)::date as month, unit, public_id, is_helped as value
from cases
where kind = 'dossier' and filed_at is not null and channel in ('online', 'national_portal')

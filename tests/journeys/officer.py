"""The officers' face of tinhso: the one-stop desk, the leader's sign queue, the board of figures."""

import re

from journeys.person import DESK, Person
from journeys.place import COMMUNE

ACTS = {
    "accept": "Tiếp nhận",
    "propose": "Trình ký",
    "hand_over": "Trả kết quả",
    "request_supplement": "Yêu cầu bổ sung",
    "decline": "Từ chối tiếp nhận",
    "agree_withdrawal": "Đồng ý cho rút",
    "extend": "Xin lỗi và hẹn lại",
    "reopen": "Mở lại hồ sơ",
    "start_parts": "Chuyển các cơ quan",
    "finish": "Hoàn thành phần việc",
}


HANDED = {"recipient_paper": "căn cước số cuối 817"}


class Officer(Person):
    """Somebody of xã Đồng Đăng at a screen."""

    width = DESK

    def signs_in(self, name: str) -> None:
        """By the demonstration's button with that name."""
        self.goes("/sign-in/?next=/work/")
        self.page.locator("main").get_by_role("button", name=re.compile(rf"^{name} ·")).click()
        self.page.wait_for_url("**/work/")

    def waiting(self) -> list[str]:
        """What waits in the inbox, row by row."""
        self.goes("/work/")
        return [row.inner_text() for row in self.page.locator("tbody tr").all()]

    def finds_in_inbox(self, child: str) -> None:
        """Open the row that names that child."""
        self.goes("/work/")
        self.looks("inbox")
        self.page.locator("tbody tr", has_text=child).first.get_by_role("link").first.click()
        self.page.wait_for_url("**/work/cases/**")

    def opens(self, case: str) -> str:
        self.goes(f"/work/cases/{case}/")
        return self.reads()

    def offered(self) -> list[str]:
        """The acts that the case's page offers this officer."""
        return [button.inner_text().strip() for button in self.page.locator(".actions").locator("button, a").all()]

    def does(self, act: str, case: str, **answers: str) -> str:
        """Take a step of the case by its button, answering what it asks; what the page says then."""
        if f"/work/cases/{case}/" not in self.page.url:
            self.goes(f"/work/cases/{case}/")
        name = ACTS.get(act, act)
        place = self.page.locator(".actions")
        place.get_by_role("button", name=name, exact=True).or_(place.get_by_role("link", name=name, exact=True)).click()
        if f"/acts/{act}/" in self.page.url:
            self.fills_in(answers or (HANDED if act == "hand_over" else {}))
            self.looks(act)
            self.press(name)
        self.awaits(f"Đã xong: {name}")
        return self.reads()

    def fills_in(self, answers: dict[str, str]) -> None:
        """Answer what an act asks for."""
        for name, value in answers.items():
            box = self.page.locator(f'main [name="{name}"]').first
            if box.get_attribute("type") == "checkbox":
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            else:
                box.fill(value)


class Leader(Officer):
    """The chairman, who signs."""

    def reads_draft(self, case: str) -> bytes:
        """The draft that the sign queue offers to look at beforehand."""
        self.goes("/work/sign/")
        self.looks("sign-queue")
        link = self._row(case).get_by_role("link", name="xem trước")
        return self.context.request.get(link.evaluate("link => link.href")).body()

    def signs(self, case: str) -> None:
        """Tick that one dossier in the queue and sign it."""
        self.goes("/work/sign/")
        self._row(case).get_by_role("checkbox").check()
        self.looks("ticked")
        self.press("Ký các hồ sơ đã chọn")
        self.awaits("xong 1 hồ sơ")
        self.looks("signed")

    def _row(self, case: str):
        return self.page.locator("tbody tr", has=self.page.locator(f'[value="{case}"]'))


class Board(Officer):
    """The figures, looked at by an officer who may open what is behind them."""

    def figure(self, code: str, unit: str = COMMUNE) -> tuple[int, int]:
        """Numerator and denominator of this month's figure of a unit, as its page says them."""
        basis = self.page.locator(".figure__basis").first
        for _ in range(30):  # the first figures of a new installation are still being counted
            self.goes(f"/indicators/{code}/?unit={unit}")
            if basis.count():
                break
            self.page.wait_for_timeout(1000)
        told = basis.inner_text()
        numbers = [int(number.replace(".", "")) for number in re.findall(r"\d[\d.]*", told)]
        return numbers[0], numbers[1]

    def dossiers_behind(self, code: str, unit: str = COMMUNE) -> set[str]:
        """Tracking ids of the dossiers that the figure counts, reached by its link."""
        self.goes(f"/board/?unit={unit}")
        self.page.locator(f'a[href^="/indicators/{code}/cases/"]').first.click()
        self.page.wait_for_url(f"**/indicators/{code}/cases/**")
        if "which=failed" in self.page.url:  # a red figure opens to what is wrong; here all are meant
            self.goes(self.page.url.replace("which=failed", "which=denominator"))
        found: set[str] = set()
        while True:
            for link in self.page.locator('tbody a[href^="/work/cases/"]').all():
                found.add(link.get_attribute("href").split("/")[3])
            if not (next_page := self.page.locator('a[rel="next"]')).count():
                return found
            next_page.first.click()

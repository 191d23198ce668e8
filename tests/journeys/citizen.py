"""The citizen's face of tinhso, as somebody uses it who came to register a birth."""

import re
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import urlsplit

from playwright.sync_api import Locator

from journeys.birth import PAGES, photograph
from journeys.person import Person
from journeys.place import COMMUNE_NAME
from load.visitor import Visitor, paper_for

CODE = "1.001193"
NAME = "Hoàng Thị Mai"


@dataclass(frozen=True)
class Seen:
    """A dossier as its applicant sees it."""

    state: str
    text: str


class Portal(Person):
    """Hoàng Thị Mai at her phone; `procedure` is what she came for, `pages` what she answers."""

    procedure = CODE
    pages = PAGES

    def finds(self, words: str, procedure: str) -> None:
        """Search in everyday words and open the procedure from what is found."""
        self.goes("/")
        self.looks("home")
        self.page.get_by_role("searchbox").first.fill(words)
        self.page.get_by_role("searchbox").first.press("Enter")
        self.page.wait_for_url("**/find/**")
        self.looks("found")
        self.follows(procedure)
        self.page.wait_for_url(f"**/procedures/{CODE}/")
        self.looks("procedure")

    def signs_in(self, name: str = NAME) -> None:
        """Through VNeID: from the page that asks for it, over the simulator's, and back."""
        self.press("Đăng nhập bằng VNeID")
        self.page.wait_for_url("**/simulators/vneid/**")
        self.looks("vneid")
        self.page.get_by_label(name).check()
        self.press("Đồng ý, đăng nhập")
        self.page.wait_for_url(lambda url: "/simulators/" not in url)

    def begins(self) -> None:
        """From the procedure's page to the first question, signing in on the way if need be."""
        if f"/procedures/{self.procedure}/" not in self.page.url:
            self.goes(f"/procedures/{self.procedure}/")
        self.follows("Nộp hồ sơ")
        if "/sign-in/" in self.page.url:
            self.looks("sign-in")
            self.signs_in()
        self.page.wait_for_url("**/start/**")
        self.looks("start")
        places = self.page.locator('[name="unit"]')
        if places.evaluate("field => field.tagName") == "SELECT" and not places.input_value():
            value = places.locator("option", has_text=COMMUNE_NAME).first.get_attribute("value")
            places.select_option(value)
        self.presses_one_of("Bắt đầu khai", "Khai hồ sơ mới")
        self.at("requester")

    def presses_one_of(self, *texts: str) -> None:
        """The first of these buttons that there is."""
        there = [
            text for text in texts if self.page.locator("main").get_by_role("button", name=text, exact=True).count()
        ]
        self.press(there[0])

    def at(self, page: str) -> None:
        self.page.wait_for_url(re.compile(rf"/filing/[^/]+/{page}/"), wait_until="domcontentloaded")

    def fills(self, page: str, **answers: str) -> None:
        """Answer what a page asks; questions that follow from other answers come with the next look at it."""
        self.at(page)
        left = [each for each in (self.pages[page] | answers).items() if not self._answers(*each)]
        if left:
            self.press("Tiếp tục")
            self.box(left[0][0]).first.wait_for()
        assert all(self._answers(*each) for each in left)

    def box(self, name: str) -> Locator:
        return self.page.locator(f'main [name="{name}"]')

    def _answers(self, name: str, value: str) -> bool:
        """Whether the question is there; it is answered then."""
        box = self.box(name)
        if not box.count() or not box.first.is_visible():
            return False
        if box.first.get_attribute("type") == "radio":
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            box.fill(value)
        return True

    def fills_everything(self, *, since: str = "requester", **answers: str) -> None:
        """Page after page up to the papers."""
        pages = list(self.pages)
        for page in pages[pages.index(since) :]:
            self.fills(page, **{name: value for name, value in answers.items() if name in self.pages[page]})
            self.looks(page)
            self.press("Tiếp tục")
        self.at("papers")

    def attaches_a_photograph(self) -> None:
        self.page.locator("main input[type=file]").first.set_input_files(photograph())
        self.press("Tải lên, chọn thêm")
        self.awaits("Bỏ tệp")
        self.looks("papers")
        self.press("Tiếp tục")

    def sends(self) -> str:
        """Review, declare, send; the tracking id on the receipt."""
        self.at("check")
        self.looks("check")
        self.page.locator("#declared").check()
        self.press("Nộp hồ sơ")
        return self.reads_receipt()

    def reads_receipt(self) -> str:
        self.page.wait_for_url("**/filed/")
        self.looks("filed")
        return re.search(r"/dossiers/(TS-[\w-]+)/filed/", self.page.url)[1]

    def files(self, **answers: str) -> str:
        """A whole filing; the tracking id."""
        self.begins()
        self.fills_everything(**answers)
        self.attaches_a_photograph()
        return self.sends()

    def has_filed(self, **answers: object) -> str:
        """A filing that other stories tell page by page: signed in with the browser, the rest through the API."""
        self.takes_pictures = False
        self.goes("/my/dossiers/")
        if "/sign-in/" in self.page.url:
            self.signs_in()
        self.takes_pictures = True
        cookies = {each["name"]: each["value"] for each in self.context.cookies()}
        visitor = Visitor(urlsplit(self.page.url).port, "", cookies)
        child = str(answers["child_name"])
        return visitor.file_dossier(token_hex(), child, visitor.hand_in(paper_for(child)), answers)

    def sees(self, case: str) -> Seen:
        """The dossier's page: the step that is now, and all of its words."""
        self.goes(f"/dossiers/{case}/")
        current = self.page.locator(".timeline__step--now .timeline__title, .timeline__step--late .timeline__title")
        done = self.page.locator(".timeline__step--done .timeline__title, .timeline__step--stopped .timeline__title")
        titles = [title.inner_text() for title in (current if current.count() else done).all()]
        return Seen(titles[-1].rpartition(":")[2].strip(), self.reads())

    def rates(self, case: str, word: str) -> None:
        self.goes(f"/dossiers/{case}/")
        self.follows("Đánh giá")
        self.page.get_by_label(word, exact=True).check()
        self.page.get_by_label("Lịch sự, dễ hiểu").check()
        self.press("Gửi đánh giá")
        self.awaits("Cảm ơn bạn đã đánh giá")

    def lookers(self, case: str) -> list[str]:
        """Who opened this dossier, as its applicant is told."""
        self.goes("/my/sights/")
        return [row.inner_text() for row in self.page.locator("tbody tr", has_text=case).all()]

    def checks(self, proof: str) -> str:
        """What the public page says about a proof file."""
        self.goes("/verify/")
        self.page.locator("main input[type=file]").set_input_files(proof)
        self.press("Kiểm tra")
        self.awaits("Kiểm tra tệp khác")
        return self.reads()

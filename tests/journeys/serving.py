"""Those who file for somebody who is there: the desk, and a member of the community team at the door."""

import re

from journeys.citizen import Portal
from journeys.officer import Officer
from journeys.person import DESK

SOMEBODY = {
    "procedure": "1.001193", "number": "020068000912", "name": "Lộc Văn Páo", "birth": "1968-01-09", "phone": "0900000014",
}  # fmt: skip


class Serving(Officer, Portal):
    """The pages of a citizen's filing, gone through in somebody's name."""

    width = DESK

    def serves(self, **who: str) -> None:
        """Say who is there and what is to be filed; the first page of questions follows."""
        self.goes("/work/counter/")
        for name, value in (SOMEBODY | who).items():
            box = self.page.locator(f'main [name="{name}"]')
            box.select_option(value) if box.evaluate("box => box.tagName") == "SELECT" else box.fill(value)
        self.looks("who-is-there")
        self.press("Bắt đầu khai")

    def reads_receipt(self) -> str:
        self.page.wait_for_url(re.compile(r"/work/counter/TS-[\w-]+/"))
        self.looks("filed")
        return re.search(r"/counter/(TS-[\w-]+)/", self.page.url)[1]

    def files_for_somebody(self, **answers: str) -> str:
        """Everything from the first page of questions to the receipt; the tracking id."""
        self.fills_everything(**answers)
        self.attaches_a_photograph()
        return self.sends()

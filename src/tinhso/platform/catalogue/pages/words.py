"""Everyday words: the table officers keep, and searches that found nothing, to be tied to a procedure."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from tinhso.platform.catalogue import actions
from tinhso.platform.catalogue.pages.doors import for_controllers, said, tabs
from tinhso.platform.catalogue.queries import find_entry, find_procedures
from tinhso.platform.catalogue.queries.report import find_wording, list_misses, list_wordings
from tinhso.platform.catalogue.rules.deciding import CannotDecide
from tinhso.platform.catalogue.rules.synonyms import Synonym, WrongSynonym
from tinhso.platform.clock import now
from tinhso.platform.people.pages.forms import Shown
from tinhso.platform.people.pages.work import officer_in, show, table
from tinhso.platform.people.rules import day_of

OFFERS = 3


class Words(Shown, forms.Form):
    """What people say, what offices call it, which procedures it means; one a line."""

    labels = {"words": lazy("Người dân nói"), "means": lazy("Cơ quan gọi là"), "codes": lazy("Mã thủ tục")}
    hints = {
        "words": lazy("Mỗi dòng một cách nói, ví dụ: sổ đỏ"),
        "means": lazy("Mỗi dòng một cách gọi chính thức. Có thể để trống nếu ghi mã thủ tục."),
        "codes": lazy("Mỗi dòng một mã, khi cách nói chỉ thẳng tới thủ tục ấy."),
    }
    optional = frozenset({"means", "codes"})

    words = forms.CharField(widget=forms.Textarea, max_length=4000)
    means = forms.CharField(widget=forms.Textarea, max_length=2000, required=False)
    codes = forms.CharField(widget=forms.Textarea, max_length=400, required=False)

    def clean_codes(self) -> str:
        """The codes, each known to the catalogue: a mistyped one would lead nowhere."""
        codes = _lines(self.cleaned_data["codes"])
        if unknown := [code for code in codes if find_entry(code, day_of(now())) is None]:
            raise forms.ValidationError(_("Không có thủ tục mang mã: %(codes)s.") % {"codes": ", ".join(unknown)})
        return "\n".join(codes)

    def synonym(self) -> Synonym:
        """The words as they were entered."""
        entered = self.cleaned_data
        return Synonym(*(_lines(entered[name]) for name in ("words", "means", "codes")))


@for_controllers
def words(request: HttpRequest) -> HttpResponse:
    """The table of everyday words, page by page."""
    text, after = (request.GET.get(name, "")[:60].replace("\x00", "") for name in ("q", "after"))
    rows, following = list_wordings(text, after=after)
    kept = {"q": text} if text else {}
    cells = [
        [
            {"text": ", ".join(row.words[:6]) + (" …" if len(row.words) > 6 else ""), "url": f"{reverse('catalogue:word')}?{urlencode({'key': row.key})}"},
            {"text": "; ".join(row.means)},
            {"text": ", ".join(row.codes), "kind": "code"},
        ]
        for row in rows
    ]  # fmt: skip
    context = {
        "tabs": tabs(),
        "query": text,
        "rows": bool(rows),
        "table": table(_("Từ thường dùng"), [_("Người dân nói"), _("Cơ quan gọi là"), _("Chỉ thẳng tới")], cells),
        "next_url": f"?{urlencode({**kept, 'after': following})}" if following else "",
        "first_url": f"?{urlencode(kept)}" if after else "",
        "new_url": reverse("catalogue:word"),
    }
    return show(request, "catalogue/words.html", context)


@for_controllers
def word(request: HttpRequest) -> HttpResponse:
    """Add everyday words, or change or retire those named in the address."""
    key = request.GET.get("key", "")[:120].replace("\x00", "")
    row = find_wording(key) if key else None
    if key and row is None:
        raise LookupError(key)
    initial = {name: "\n".join(getattr(row, name)) for name in ("words", "means", "codes")} if row else {}
    form = Words(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_wording(synonym=form.synonym(), key=key, actor=officer_in(request), now=now())
        except (WrongSynonym, CannotDecide) as wrong:
            form.add_error("words", said(wrong))
        else:
            messages.success(request, _("Đã lưu. Ô tìm kiếm dùng ngay từ bây giờ."))
            return HttpResponseRedirect(reverse("catalogue:words"))
    context = {"tabs": tabs(), "form": form, "row": row, "retire_url": f"{reverse('catalogue:retire')}?{urlencode({'key': key})}"}  # fmt: skip
    return show(request, "catalogue/word.html", context)


@for_controllers
@require_POST
def retire(request: HttpRequest) -> HttpResponse:
    """Use words no more."""
    actions.retire_wording(key=request.GET.get("key", "")[:120], actor=officer_in(request), now=now())
    messages.success(request, _("Đã thôi dùng."))
    return HttpResponseRedirect(reverse("catalogue:words"))


@for_controllers
def misses(request: HttpRequest) -> HttpResponse:
    """What people searched and did not find, the most asked first, each with the nearest procedures; tie or put aside."""
    if request.method == "POST":
        return _settle(request)
    today = day_of(now())
    rows = [
        {
            "words": row.words,
            "asked": row.asked,
            "last_on": row.last_on.strftime("%d/%m/%Y"),
            "offers": _offers(row.words, today),
        }
        for row in list_misses()
    ]
    return show(request, "catalogue/misses.html", {"tabs": tabs(), "rows": rows})


def _settle(request: HttpRequest) -> HttpResponse:
    told, asked = request.POST, request.POST.get("words", "")[:120]
    code = (told.get("other", "").strip() or told.get("code", ""))[:40]
    if told.get("do") == "drop":
        actions.drop_miss(words=asked, actor=officer_in(request), now=now())
    elif find_entry(code, day_of(now())) is None:
        messages.error(request, _("Không có thủ tục mang mã này."))
    else:
        _tie(request, asked, code)
    return HttpResponseRedirect(reverse("catalogue:misses"))


def _tie(request: HttpRequest, asked: str, code: str) -> None:
    try:
        actions.tie_miss(words=asked, codes=[code], actor=officer_in(request), now=now())
    except (CannotDecide, WrongSynonym) as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, _("Từ nay những chữ ấy dẫn tới thủ tục đã chọn."))


def _offers(asked: str, today: Any) -> list[dict[str, str]]:
    """The nearest procedures, word by word where the whole finds nothing."""
    found = find_procedures(asked, today)
    for part in asked.split() if not found else ():
        found += find_procedures(part, today)[:1]
    return [{"code": each.entry.code, "name": each.entry.name.vi} for each in found[:OFFERS]]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


urlpatterns = [
    path("work/catalogue/words/", words, name="words"),
    path("work/catalogue/words/edit/", word, name="word"),
    path("work/catalogue/words/retire/", retire, name="retire"),
    path("work/catalogue/misses/", misses, name="misses"),
]

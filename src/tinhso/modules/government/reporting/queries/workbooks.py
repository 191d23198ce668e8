"""Reports as workbooks: the one to be filled in, and what one that came back would change."""

from django.utils.translation import gettext as _

from tinhso.modules.government.reporting.adapters.sent_sheets import read_book
from tinhso.modules.government.reporting.adapters.sheets import write_book
from tinhso.modules.government.reporting.models import Report, Workbook
from tinhso.modules.government.reporting.queries.reading import ReportView
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules.checks import Failed, check
from tinhso.modules.government.reporting.rules.filling import take_up
from tinhso.modules.government.reporting.rules.naming import days_name, period_name
from tinhso.modules.government.reporting.rules.returned import Judged, judge
from tinhso.modules.government.reporting.rules.sheets import Asked
from tinhso.platform.files.queries import open_file
from tinhso.platform.wording import language, moment


def asked_of(view: ReportView) -> Asked:
    """The report as a workbook is made of it, in the reader's language."""
    row = view.row
    about = [days_name(row.start_on, row.cut_off_on), _("Hạn nộp: %(due)s") % {"due": moment(row.due_at)}]
    if row.subject:
        about.insert(0, row.subject)
    return Asked(
        row.public_id,
        view.regime,
        name_of(row.unit_key, language()),
        period_name(row.period),
        row.revision,
        view.content,
        tuple(about),
        view.level,
        language(),
    )


def make_workbook(view: ReportView) -> bytes:
    """The report as an xlsx to be filled in and sent back."""
    return write_book(asked_of(view))


def judge_workbook(view: ReportView, sha256: str) -> Judged:
    """
    What the file of that hash would change in the report as it stands now.

    :raises WrongBook: it is another report's, of another form, or its tables were moved
    :raises BadSheet: it cannot be read
    """
    with open_file(sha256) as stream:
        return judge(read_book(stream.read()), asked_of(view))


def list_workbooks(report: Report) -> list[Workbook]:
    """The workbooks that were taken up into the report, the latest first."""
    return list(report.workbooks.order_by("-taken_at")[:20])


def list_failed_after(view: ReportView, judged: Judged) -> list[Failed]:
    """What would still be wrong with the report once the file's changes were in it."""
    content, _troubles = take_up(view.template, view.content, judged.sent, level=view.level)
    return check(view.template, content, view.before, level=view.level)

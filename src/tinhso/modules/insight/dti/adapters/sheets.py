"""Sheets as people send them, in the words of this app's refusals."""

from collections.abc import Sequence

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules import Line, Said
from tinhso.platform.sheets import BadSheet, read_table


def read_lines(content: bytes) -> Sequence[Line]:
    """The rows of a CSV or of the first sheet of an xlsx. :raises Said: they cannot be read"""
    try:
        return read_table(content)
    except BadSheet as bad:
        raise Said(Problem(f"dti_{bad.code}", bad.vi, bad.en)) from None

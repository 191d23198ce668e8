"""Due dates counted by hand on a wall calendar: the rows are the law, the program has to follow."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tinhso.kernel.worktime import VIETNAM, Duration, due, parse_time, read_calendars

CALENDARS = read_calendars(Path(__file__).parents[4] / "packs" / "national")
DESKS = {"": "national", "sat": "saturday_desk", "take": "saturday_reception"}


class Row(NamedTuple):
    received: str
    limit: str
    cut_off: str
    desk: str
    due: str
    why: str


# 2026: Tết off 14-22 Feb; Sat 10 Jan worked for Fri 2 Jan; Sat 22 Aug for Mon 31 Aug. 2 March 2026 is a Monday.
TABLE = """
received            | limit            | after | desk | due              | why
# the day of receipt and the cut-off
2026-03-02T08:00    | 1 working_day    |       |      | 2026-03-03T17:00 | the day of receipt is day 0
2026-02-13T15:30    | 2 working_day    |       |      | 2026-02-24T17:00 | the last afternoon before Tết 2026
2026-02-13T15:30    | 2 working_day    | 15:00 |      | 2026-02-25T17:00 | after three, and the rule has a cut-off
2026-02-13T15:00    | 2 working_day    | 15:00 |      | 2026-02-25T17:00 | at three sharp is already after
2026-02-13T14:59:59 | 2 working_day    | 15:00 |      | 2026-02-24T17:00 | a second before three is still before
2026-03-02T20:00    | 1 working_day    |       |      | 2026-03-03T17:00 | after closing it is still day 0
2026-03-02T20:00    | 1 working_day    | 15:00 |      | 2026-03-04T17:00 | after closing with a cut-off is the next day
2026-03-02T05:00    | 1 working_day    | 15:00 |      | 2026-03-03T17:00 | before opening it is day 0 too
2026-03-08T21:00    | 1 working_day    |       |      | 2026-03-10T17:00 | on a Sunday counts as Monday's opening
2026-03-08T21:00    | 1 working_day    | 15:00 |      | 2026-03-10T17:00 | after three on a Sunday is Monday as well
2026-02-17T09:00    | 1 working_day    |       |      | 2026-02-24T17:00 | amid Tết counts as the first day back
2026-03-02T18:00Z   | 1 working_day    |       |      | 2026-03-04T17:00 | the evening in Greenwich is tomorrow here
2026-02-13T08:30Z   | 2 working_day    | 15:00 |      | 2026-02-25T17:00 | half past eight in Greenwich is after three
# on the same day
2026-03-02T09:00    | 0 working_day    |       |      | 2026-03-02T17:00 | on the same day
2026-03-02T14:59    | 0 working_day    | 15:00 |      | 2026-03-02T17:00 | on the same day, a minute before three
2026-03-02T15:00    | 0 working_day    | 15:00 |      | 2026-03-03T17:00 | on the same day but after three: tomorrow
2026-03-06T15:10    | 0 working_day    | 15:00 |      | 2026-03-09T17:00 | on the same day, Friday after three: Monday
2026-02-13T15:10    | 0 working_day    | 15:00 |      | 2026-02-23T17:00 | on the same day, before Tết after three
2026-03-02T16:59    | 0 working_day    |       |      | 2026-03-02T17:00 | on the same day without a cut-off in the rule
2026-03-02T17:00    | 0 working_day    |       |      | 2026-03-03T17:00 | on the same day, received as the desk closes
2026-03-07T10:00    | 0 working_day    |       |      | 2026-03-09T17:00 | on the same day, received on a Saturday
2026-03-02T06:00    | 0 working_day    |       |      | 2026-03-02T17:00 | on the same day, before opening
# half days
2026-03-02T09:00    | 0.5 working_day  |       |      | 2026-03-02T17:00 | half a day from the morning
2026-03-02T12:00    | 0.5 working_day  |       |      | 2026-03-02T17:00 | half a day from the noon break
2026-03-02T14:00    | 0.5 working_day  |       |      | 2026-03-03T11:30 | half a day from the afternoon
2026-03-02T06:00    | 0.5 working_day  |       |      | 2026-03-02T17:00 | half a day from before opening
2026-03-06T14:00    | 0.5 working_day  |       |      | 2026-03-09T11:30 | half a day from Friday afternoon
2026-02-13T14:00    | 0.5 working_day  |       |      | 2026-02-23T11:30 | half a day from the afternoon before Tết
2026-03-02T18:00    | 0.5 working_day  |       |      | 2026-03-03T17:00 | half a day from after closing
2026-03-02T09:00    | 1.5 working_day  |       |      | 2026-03-04T11:30 | a day and a half
2026-02-12T16:00    | 2.5 working_day  |       |      | 2026-02-24T11:30 | two days and a half over Tết
# Tết, holidays, swapped days
2026-02-12T10:00    | 5 working_day    |       |      | 2026-02-26T17:00 | five days over Tết 2026
2027-02-03T10:00    | 3 working_day    |       |      | 2027-02-15T17:00 | three days over Tết 2027
2027-02-03T16:00    | 1 working_day    |       |      | 2027-02-11T17:00 | one day over Tết 2027
2025-01-24T10:00    | 1 working_day    |       |      | 2025-02-03T17:00 | one day over Tết 2025
2026-08-21T10:00    | 1 working_day    |       |      | 2026-08-22T17:00 | a swapped Saturday is worked
2026-08-28T10:00    | 1 working_day    |       |      | 2026-09-03T17:00 | the Monday it was swapped for is not
2026-08-20T10:00    | 10 working_day   |       |      | 2026-09-07T17:00 | ten days, a swapped Saturday, National Day
2026-08-22T14:00    | 1 working_day    |       |      | 2026-08-24T17:00 | received on a swapped Saturday
2026-01-09T10:00    | 1 working_day    |       |      | 2026-01-10T17:00 | the Saturday worked for Friday 2 January
2025-12-31T10:00    | 1 working_day    |       |      | 2026-01-05T17:00 | New Year 2026 with its swapped Friday
2025-04-25T10:00    | 1 working_day    |       |      | 2025-04-26T17:00 | the Saturday worked for Friday 2 May 2025
2025-04-29T10:00    | 1 working_day    |       |      | 2025-05-05T17:00 | over the end of April 2025
2026-04-24T10:00    | 1 working_day    |       |      | 2026-04-28T17:00 | Hung Kings' Day on a Sunday, Monday off
2026-11-20T10:00    | 2 working_day    |       |      | 2026-11-25T17:00 | Culture Day is off, its neighbour is not
2027-04-29T10:00    | 1 working_day    |       |      | 2027-05-04T17:00 | Labour Day on a Saturday, Monday off
2027-09-01T10:00    | 1 working_day    |       |      | 2027-09-06T17:00 | National Day 2027
2026-12-31T10:00    | 1 working_day    |       |      | 2027-01-04T17:00 | over the year's end
# Saturday desks
2026-03-06T10:00    | 1 working_day    |       | sat  | 2026-03-07T11:30 | a Saturday desk works on Saturday morning
2026-03-07T09:00    | 0 working_day    |       | sat  | 2026-03-07T11:30 | a Saturday desk, same day on a Saturday
2026-03-07T13:00    | 0 working_day    |       | sat  | 2026-03-09T17:00 | a Saturday desk, Saturday afternoon
2026-03-07T09:00    | 0.5 working_day  |       | sat  | 2026-03-09T11:30 | a Saturday desk, half a day from Saturday
2026-03-02T09:00    | 6 working_day    |       | sat  | 2026-03-09T17:00 | a Saturday desk, six days in a week
2026-08-21T10:00    | 1 working_day    |       | sat  | 2026-08-22T17:00 | a Saturday desk, a swapped Saturday all day
2026-02-13T10:00    | 1 working_day    |       | sat  | 2026-02-23T17:00 | a Saturday desk is closed all through Tết
2026-03-06T10:00    | 1 working_day    |       | take | 2026-03-09T17:00 | a Saturday that only takes in does not count
2026-03-07T10:00    | 1 working_day    |       | take | 2026-03-09T17:00 | a Saturday that only takes in can be day 0
2026-03-07T10:00    | 0 working_day    |       | take | 2026-03-09T17:00 | a Saturday that takes in: same day is Monday
# calendar days and months
2026-03-02T09:00    | 15 day           |       |      | 2026-03-17T17:00 | days of the calendar run on days off
2026-03-02T09:00    | 5 day            |       |      | 2026-03-09T17:00 | days that end on a Saturday end on Monday
2026-02-06T09:00    | 10 day           |       |      | 2026-02-23T17:00 | days that end in Tết end after it
2026-08-17T09:00    | 5 day            |       |      | 2026-08-22T17:00 | days that end on a swapped Saturday end there
2026-03-05T15:30    | 3 day            | 15:00 |      | 2026-03-09T17:00 | days after the cut-off begin a day later
2026-03-10T09:00    | 1 month          |       |      | 2026-04-10T17:00 | a month ends on the same day number
2026-03-05T09:00    | 1 month          |       |      | 2026-04-06T17:00 | a month that ends on a Sunday ends on Monday
2026-01-30T09:00    | 1 month          |       |      | 2026-03-02T17:00 | a month from the 30th of January
2028-01-31T09:00    | 1 month          |       |      | 2028-02-29T17:00 | a month from the 31st of a leap January
2026-03-31T09:00    | 1 month          |       |      | 2026-05-04T17:00 | a month that ends on Reunification Day
2026-12-15T09:00    | 2 month          |       |      | 2027-02-15T17:00 | two months over the year's end
2026-02-27T09:00    | 12 month         |       |      | 2027-03-01T17:00 | twelve months end on a Saturday
# hours
2026-03-02T09:00    | 4 working_hour   |       |      | 2026-03-02T15:00 | working hours skip the noon break
2026-03-02T07:30    | 4 working_hour   |       |      | 2026-03-02T11:30 | working hours used up at noon end at noon
2026-03-06T16:00    | 2 working_hour   |       |      | 2026-03-09T08:30 | working hours go on after the weekend
2026-02-13T15:30    | 4 working_hour   |       |      | 2026-02-23T10:00 | working hours go on after Tết
2026-03-02T22:00    | 1 working_hour   |       |      | 2026-03-03T08:30 | working hours from the night
2026-03-08T10:00    | 1 working_hour   |       |      | 2026-03-09T08:30 | working hours from a Sunday
2026-03-02T11:15    | 0.5 working_hour |       |      | 2026-03-02T13:45 | half a working hour over noon
2026-03-02T15:30    | 4 working_hour   | 15:00 |      | 2026-03-03T11:30 | working hours after the cut-off
2026-03-02T07:30    | 8 working_hour   |       |      | 2026-03-03T08:00 | eight working hours are more than a day
2026-02-13T15:30    | 48 hour          |       |      | 2026-02-15T15:30 | hours are elapsed time
2026-03-02T15:30    | 8 hour           | 15:00 |      | 2026-03-02T23:30 | hours know no cut-off
2026-12-31T23:50    | 30 minute        |       |      | 2027-01-01T00:20 | minutes over the year's end
"""


def rows():
    lines = [line for line in TABLE.strip().splitlines()[1:] if not line.startswith("#")]
    return [Row(*(cell.strip() for cell in line.split("|"))) for line in lines]


ROWS = rows()


def moment(written: str) -> datetime:
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def test_the_table_says_each_thing_once():
    assert len({row.why for row in ROWS}) == len(ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=[row.why for row in ROWS])
def test_due(row: Row):
    cut_off = parse_time(row.cut_off) if row.cut_off else None

    found = due(moment(row.received), Duration.parse(row.limit), CALENDARS[DESKS[row.desk]], cut_off=cut_off)

    assert found.due_at.isoformat(timespec="minutes") == f"{row.due}+07:00"
    assert found.steps[-1].at == found.due_at


def test_what_an_applicant_owes_lasts_until_midnight_of_the_last_day():
    found = due(moment("2026-03-02T09:00"), Duration("30", "day"), CALENDARS["national"], ends_at_midnight=True)

    assert found.due_at.isoformat() == "2026-04-01T23:59:59+07:00"


def test_what_an_applicant_owes_on_a_day_off_lasts_until_midnight_of_the_next_working_day():
    found = due(moment("2026-03-02T09:00"), Duration(5, "day"), CALENDARS["national"], ends_at_midnight=True)

    assert found.due_at.isoformat() == "2026-03-09T23:59:59+07:00"

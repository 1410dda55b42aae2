from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.dates import LONGEST_DATE, day_number, leading_date, parse_date, stated_date

DAY = datetime(2021, 3, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-26", "2021/03/26", "2021/3/26", "20210326", "26.03.2021", "26/03/2021", "03/26/2021",
        "26 March 2021", "26th March 2021", "26 Mar 2021", "Mar 26, 2021", "March 26 2021", "Friday, 26 March 2021",
        "Fri, March 26, 2021", "Sept. 26, 2021".replace("Sept.", "Mar."),
    ],
)  # fmt: skip
def test_a_day_in_many_forms(text: str) -> None:
    assert parse_date(text) == (DAY, False)
    assert leading_date(f"{text} Rest of it") == (DAY, False, len(text))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-03-26T09:14", datetime(2021, 3, 26, 9, 14, tzinfo=UTC)),
        ("2021-03-26 09:14:05Z", datetime(2021, 3, 26, 9, 14, 5, tzinfo=UTC)),
        ("2021-03-26 09:14 UTC", datetime(2021, 3, 26, 9, 14, tzinfo=UTC)),
        ("2021-03-26T09:14+08:00", datetime(2021, 3, 26, 9, 14, tzinfo=timezone(timedelta(hours=8)))),
        ("Fri, 26 Mar 2021 09:14:00 +0800", datetime(2021, 3, 26, 9, 14, tzinfo=timezone(timedelta(hours=8)))),
        ("26 March 2021 at 9:14 pm", datetime(2021, 3, 26, 21, 14, tzinfo=UTC)),
        ("March 26, 2021, 9:14 AM", datetime(2021, 3, 26, 9, 14, tzinfo=UTC)),
        ("March 26, 2021 Friday 9:14 AM GMT", datetime(2021, 3, 26, 9, 14, tzinfo=UTC)),
    ],
)
def test_a_moment_in_many_forms(text: str, moment: datetime) -> None:
    assert parse_date(text) == (moment, True)
    found = leading_date(text + " Rest")
    assert found is not None
    assert found[:2] == (moment, True)
    assert text[found[2] :] == ""


def test_a_week_day_may_follow() -> None:
    assert parse_date("March 26, 2021 Friday") == (DAY, False)
    assert leading_date("March 26, 2021 Friday") == (DAY, False, len("March 26, 2021 Friday"))
    assert leading_date("March 26, 2021 Friday prayers") == (DAY, False, len("March 26, 2021"))


@pytest.mark.parametrize("text", ["20210326T0914Z", "2021-03-26T09"])
def test_a_stated_hour_counts_as_a_time_without_colons_too(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert parsed[0].hour == 9
    assert parsed[1]


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "99", "may", "Friday", "5 pm", "March 2021", "2021", "2021-03", "2021-13-01", "2021-02-30", "-1",
        "0001-01-01", "9999-12-31", "2021-03-26 09:14 +99:99", "2021-03-26 25:00", "31 Feb 2021", "yesterday",
        "26 March", "2021-03-26+08:00", "1." * 40, "2021-03-26" + " " * 80 + "x",
    ],
)  # fmt: skip
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["palms grow here", "2021 was a year", "May 2021 saw", "2021-03-266 x", "12:30 x", ""])
def test_text_that_begins_with_no_date(text: str) -> None:
    assert leading_date(text) is None


@given(st.text(max_size=100) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}[T ]?[0-9:+Zapm. ]{0,12}"))
def test_leading_date_never_raises_and_is_aware(text: str) -> None:
    found = leading_date(text)
    if found is not None:
        moment, _, length = found
        assert moment.utcoffset() is not None
        moment.astimezone(UTC)
        assert 0 < length <= min(len(text), LONGEST_DATE)
        assert parse_date(text[:length]) == found[:2]


@given(st.text(max_size=80))
def test_parse_date_never_raises_and_is_aware(text: str) -> None:
    found = parse_date(text)
    if found is not None:
        found[0].astimezone(UTC)


@given(
    st.datetimes(
        datetime(1000, 1, 2),
        datetime(2999, 12, 30),
        timezones=st.integers(-12, 14).map(lambda h: timezone(timedelta(hours=h))),
    )
)
def test_iso_dates_come_back_as_they_were(moment: datetime) -> None:
    assert parse_date(moment.isoformat()) == (moment, True)


def test_a_day_without_a_time_is_midnight() -> None:
    parsed = parse_date("26 March 2021")
    assert parsed is not None
    assert parsed[0].time() == DAY.time()


def test_the_day_is_the_one_the_outlet_printed() -> None:
    assert day_number(datetime(2021, 3, 26, 1, tzinfo=timezone(timedelta(hours=8)))) == 20210326


def at(hours: float) -> datetime:
    """09:14 on that day where clocks are this far ahead of UTC."""
    return datetime(2021, 3, 26, 9, 14, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Fri, 26 Mar 2021 09:14:00 CET", 1), ("2021-03-26 09:14 CEST", 2), ("Fri, 26 Mar 2021 09:14:00 EDT", -4),
        ("Fri, 26 Mar 2021 09:14:00 (PST)", -8), ("2021-03-26 09:14:00 JST", 9), ("26 Mar 2021 09:14:00 BST", 1),
        ("2021-03-26 09:14:00 +0530 UTC", 5.5), ("2021-03-26T09:14:00+01:00[Europe/Paris]", 1),
        ("Fri Mar 26 09:14:00 -0300 2021", -3), ("2021-03-26T09:14:00 (UTC +01:00)", 1),
        ("26-Mar-2021 09:14:00", 0), ("2021-03-26T09:14:00-0000", 0),
        ("2021-03-26T09:14:00.1234567-11:30", -11.5), ("Fri, 26 Mar 21 09:14:00 GMT", 0),
    ],
)  # fmt: skip
def test_zones_are_kept(text: str, hours: float) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert parsed[0].replace(microsecond=0) == at(hours)
    assert parsed[0].utcoffset() == timedelta(hours=hours)
    assert parsed[1]


@pytest.mark.parametrize(
    "value",
    [
        1616750040, 1616750040.0, "1616750040", 1616750040000, "1616750040000", 1616750040_000_000, "1616750040.0",
        "20210326091400", 20210326091400, "202103260914", "20210326T091400Z", " 2021-03-26T09:14Z ",
    ],
)  # fmt: skip
def test_programs_state_moments_as_numbers_too(value: object) -> None:
    assert stated_date(value) == (at(0), True)


def test_a_day_as_a_number_is_a_day() -> None:
    assert stated_date(20210326) == stated_date("20210326") == (DAY, False)


@pytest.mark.parametrize(
    "value",
    [
        True, None, [], {}, 0, 1, 2021, -1616750040, "-1616750040", float("nan"), float("inf"), 1e30, "",
        "12345678", "99999999", 99_999_999, "9" * 14, 10**17, "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(value: object) -> None:
    assert stated_date(value) is None


@given(st.floats() | st.integers() | st.text("0123456789.-", max_size=20) | st.booleans())
def test_stated_dates_never_raise_and_are_aware(value: object) -> None:
    found = stated_date(value)
    if found is not None:
        found[0].astimezone(UTC)


@given(st.integers(10**9, 10**10 - 1))
def test_seconds_and_milliseconds_are_the_same_moment(seconds: int) -> None:
    assert stated_date(seconds) == stated_date(seconds * 1000) == (datetime.fromtimestamp(seconds, UTC), True)


def test_numbers_too_long_to_be_written_out() -> None:
    assert stated_date(10**5000) is None

"""The page of a replay: a picture of the timeline, what was to be saved, and a table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from remedykit import Replay
from remedykit.replaying.drawing import Scale, fitted, text_width
from remedykit.replaying.lanes import Lane, lanes_of
from remedykit.replaying.picture import NARROW, WIDE, Frame, picture
from support.pictures import overlapping, texts_of
from support.replays import START, STORY, day, event, replayed

FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])


def _picture(told: Replay, frame: Frame = WIDE) -> str:
    return picture(lanes_of(told), frame, told.times)


def _told(*events: dict[str, Any]) -> dict[str, list[str]]:
    """Return what is told of the bars of each lane that says what to offer."""
    offered = lanes_of(replayed(*events)).offered
    return {lane.name: [bar.told for bar in lane.bars] for lane in offered}


# --- the page ------------------------------------------------------------------------------------


def test_the_page_needs_nothing_from_elsewhere_and_runs_no_script() -> None:
    page = replayed(*STORY).to_html()

    assert not re.findall(r"(?:src|href|url)\s*[=(]|<script|<link|@import", page)
    assert "default-src 'none'; style-src 'sha256-" in page


def test_the_page_tells_the_days_the_trips_and_the_money() -> None:
    page = replayed(*STORY).to_html()

    assert re.findall("<dt>(.*?)</dt>", page) == ["6.5 days sooner", "3 trips", "12.50 USD"]
    assert (
        "It was put right on 2026-11-24 13:00; with the plan of 2026-11-16 13:00 it would have "
        "been on 2026-11-18 01:00."
    ) in page


def test_the_page_of_an_open_case_says_so() -> None:
    page = replayed(event("seller_asked", 0), event("trip", 8)).to_html()

    assert "It was not yet put right on 2026-11-22 07:00" in page
    assert "1 trip<" in page
    assert "8 days, still open" in page
    assert "<dt>at least 4.5 days sooner</dt>" in page
    assert page.count(">at least 4.5 days sooner</text>") == 2  # in the wide picture and the narrow


def test_the_page_of_an_open_case_never_says_that_a_plan_would_have_been_slower() -> None:
    page = replayed(event("seller_asked", 0), event("contact", 2.25)).to_html()

    assert re.findall("<dt>(.*?)</dt>", page) == ["still open", "0 trips", "0.00 USD"]
    assert "sooner" not in page
    assert "later" not in page


def test_the_page_names_the_time_zone_once() -> None:
    page = replayed(*STORY).to_html()

    assert page.count("times in America/New_York") == 1


def test_the_page_says_where_there_is_nothing_to_compare_with() -> None:
    page = replayed(event("contact", 0), until=day(0)).to_html()

    assert "No plan had a fix that makes the customer whole: nothing to compare with." in page
    assert "<dt>" not in page


def test_the_table_has_a_row_for_each_step_and_marks_those_that_time_alone_has_brought() -> None:
    told = replayed(*STORY)
    rows = re.findall("<tr.*?</tr>", told.to_html().partition("<tbody>")[2])

    assert len(rows) == len(told.steps)
    assert [number for number, row in enumerate(rows) if 'class="time"' in row] == [2]
    assert "only time has passed</li><li>2 days since the customer asked the seller" in rows[2]
    assert "as before" in rows[1]
    assert "fix spare_part 40.00 USD" in rows[2]


def test_everything_from_a_case_is_escaped() -> None:
    wrong = "<script>alert(1)</script>\u202e"
    page = replayed(event("shipped", 0, parcel=wrong, by="seller"), until=day(0)).to_html()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\u202e" in page


# --- the picture ---------------------------------------------------------------------------------


def test_what_happened_stands_above_the_line_and_what_to_offer_below_it() -> None:
    texts = {each.words: each.top for each in texts_of(_picture(replayed(*STORY)))}

    above = ("What happened", "customer asked the seller", "customer made a trip for it (3)")
    below = ("What should have been offered", "fix: The missing part by express")
    assert max(texts[words] for words in above) < texts["day 0"]
    assert min(texts[words] for words in below) > texts["day 0"]
    assert texts["as it happened"] > texts["fix: The missing part by express"]


def test_a_refusal_is_drawn_with_what_was_refused() -> None:
    offered = event("offer_made", 1, by="seller", kind="gesture", value="8.00", id="O")
    told = replayed(offered, event("offer_refused", 2, of="O"), until=day(2))

    assert [mark.label for lane in lanes_of(told).happened for mark in lane.marks] == [
        "gesture 8.00 USD",
        "gesture 8.00 USD",
    ]
    assert "customer refused an offer: gesture 8.00 USD" in told.to_html()


def test_a_deed_has_one_lane_however_often_and_one_mark_for_each_moment() -> None:
    twice = (event("expense", 4, value="1.00"), event("expense", 4, value="2.00"))
    (_, spent) = lanes_of(
        replayed(event("contact", 0), *twice, event("expense", 6, value="3.00"))
    ).happened

    assert spent.name == "customer spent money on it (3)"
    assert [(mark.at, mark.label) for mark in spent.marks] == [
        (day(4), "1.00 USD, 2.00 USD"),
        (day(6), "3.00 USD"),
    ]


def test_a_remedy_has_a_bar_for_as_long_as_it_should_have_been_offered_at_one_worth() -> None:
    lanes = lanes_of(replayed(*STORY))
    bars = {lane.name: lane.bars for lane in lanes.offered}

    assert [(bar.start, bar.end, bar.label) for bar in bars["fix: Something for your trouble"]] == [
        (day(3), day(4), "5.00 USD"),
        (day(4), day(6), "10.00 USD"),
        (day(6), day(10.25), "15.00 USD"),
    ]
    (whole,) = bars["fix: The missing part by express"]
    assert (whole.start, whole.end) == (day(2.25), day(10.25))


def test_bars_of_an_open_case_go_on_to_the_edge() -> None:
    lanes = lanes_of(replayed(event("seller_asked", 0), until=day(5)))

    assert [lane.bars[-1].end for lane in lanes.offered if lane.style != "desk"] == [lanes.end] * 2


def test_a_bar_that_goes_on_tells_no_end() -> None:
    told = _told(event("seller_asked", 0), event("trip", 4))
    closed = _told(event("seller_asked", 0), event("resolved", 1))

    assert told["apology: A word of regret"] == [
        "apology: A word of regret: from 2026-11-14 07:00 on"
    ]
    assert told["fix: Something for your trouble"] == [
        "fix: Something for your trouble, 5.00 USD: from 2026-11-18 07:00 on"
    ]
    assert closed["apology: A word of regret"] == [
        "apology: A word of regret: 2026-11-14 07:00 to 2026-11-15 07:00"
    ]


def test_a_diamond_is_said_to_be_a_change_of_the_decision() -> None:
    page = replayed(event("label_created", 0), event("contact", 1), until=day(4)).to_html()

    assert "time alone changed the decision" in page


def test_the_days_of_a_plan_before_the_case_was_opened_are_drawn_from_the_plan_on() -> None:
    lanes = lanes_of(
        replayed(event("label_created", 0), event("contact", 9), event("resolved", 10))
    )

    bars = {lane.name: [(bar.start, bar.end) for bar in lane.bars] for lane in lanes.took}
    assert bars == {
        "as it happened": [(day(9), day(10))],
        "with the first plan": [(day(3), day(4.5)), (day(4.5), day(10))],
    }


def test_lanes_of_remedies_stand_part_by_part_and_desks_and_tasks_come_last() -> None:
    contacts = [event("contact", days) for days in range(3)]
    told = replayed(*contacts, event("label_created", 0), until=day(3))
    lanes = lanes_of(told).offered

    assert [(lane.style, lane.name) for lane in lanes] == [
        ("apology", "apology: A word of regret"),
        ("fix", "fix: The missing part by express"),
        ("desk", "hand over to person"),
        ("desk", "hand over to desk"),
        ("todo", "todo: ask carrier"),
    ]


def test_trips_and_expenses_after_the_first_plan_are_marked() -> None:
    styles = {
        lane.name: [mark.style for mark in lane.marks]
        for lane in lanes_of(replayed(*STORY)).happened
    }

    assert styles["customer made a trip for it (3)"] == ["avoidable"] * 3
    assert styles["customer got in touch"] == [""]


def test_the_time_after_the_first_plan_would_have_put_it_right_is_shaded() -> None:
    assert lanes_of(replayed(*STORY)).lost == (day(3.75), day(10.25))
    quick = replayed(event("seller_asked", 0), event("resolved", 2.5))
    assert lanes_of(quick).lost is None
    assert 'class="lost"' not in quick.to_html()


@FRAMES
@pytest.mark.parametrize("count", [1, 3, 12, 50])
def test_no_label_overlaps_another_or_leaves_the_picture(frame: Frame, count: int) -> None:
    kinds = ("trip", "contact", "expense", "seller_asked", "shipped")
    events = [
        event(
            kinds[number % 5],
            number * number / 40,
            **({"value": "12.50"} if number % 5 == 2 else {}),
            **({"parcel": f"P-{number}"} if number % 5 == 4 else {}),
        )
        for number in range(count)
    ]

    texts = texts_of(_picture(replayed(*events), frame))

    assert overlapping(texts) == []
    assert min(each.left for each in texts) >= 0
    assert max(each.right for each in texts) <= frame.width


@FRAMES
def test_a_name_that_is_too_long_is_shortened_and_told_to_who_points_at_it(frame: Frame) -> None:
    name = "a long name " * 12
    told = replayed(*STORY)
    lanes = replace(lanes_of(told), happened=(Lane(name, ""),))

    drawn = picture(lanes, frame, told.times)

    assert f"<title>{name}</title>" in drawn
    assert any(each.words.endswith("…") for each in texts_of(drawn))


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
def test_a_case_at_an_end_of_the_calendar_has_a_page(at: str) -> None:
    told = replayed({"type": "seller_asked", "at": at})

    assert told.until >= told.steps[0].at
    assert at[:10] in told.to_html()


# --- what it is drawn with -----------------------------------------------------------------------


def test_the_days_of_an_axis_lie_apart() -> None:
    spans = {days: Scale(START, START + timedelta(days=days), 0, 800) for days in (1, 9, 90, 4000)}

    ticks = {days: scale.ticks(100) for days, scale in spans.items()}

    assert ticks[1] == (0, 1)
    assert ticks[9] == (0, 2, 4, 6, 8)
    assert ticks[90] == (0, 20, 40, 60, 80)
    assert ticks[4000] == tuple(range(0, 4001, 730))


def test_a_text_that_fits_stays_and_of_another_the_first_words_stay() -> None:
    assert fitted("short", 200, 13) == "short"
    assert fitted("partial_refund 12.00 USD", 130, 11.5) == "partial_refund …"
    assert fitted("partial_refund", 60, 11.5) == "partial_…"


def test_broad_characters_are_taken_for_broader() -> None:
    assert text_width("漢字", 10) > text_width("ab", 10) > text_width("il", 10)

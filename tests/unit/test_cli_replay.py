"""`remedykit replay`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import run
from support.engines import INSTALLED
from support.replays import TEXT

CASE = """\
incident:
  id: I-1
  kind: missing_part
  order: {id: A, currency: USD, lines: [{id: "1", price: "120.00", unit_cost: "72.00"}]}
  affected: ["1"]
customer: {}
case:
  events:
    - {type: seller_asked, at: "2026-11-14T12:00:00Z"}
    - {type: trip, at: "2026-11-18T12:00:00Z"}
    - {type: resolved, at: "2026-11-20T12:00:00Z", by: seller}
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """The folder of a policy that looks at the clock."""
    folder = tmp_path / "timed"
    folder.mkdir()
    (folder / "timed.yaml").write_text(TEXT, encoding="utf-8")
    return folder


def _written(folder: Path, text: str = CASE) -> Path:
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_it_prints_a_table_and_what_would_have_been_saved(tmp_path: Path, policy: Path) -> None:
    ran = run("replay", _written(tmp_path), "--policy", policy)

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "timed 1 on incident I-1, times in America/New_York"
    assert lines[2].split("  ")[0] == "when"
    assert [line[:16] for line in lines if line.startswith("2026")] == [
        "2026-11-14 07:00",
        "2026-11-16 07:00",
        "2026-11-18 07:00",
        "2026-11-20 07:00",
    ]
    assert lines[-4:] == [
        "  As it happened: put right on 2026-11-20 07:00, 6 days after the opening.",
        "  With the plan of 2026-11-16 07:00: on 2026-11-17 19:00, 3.5 days after the opening.",
        "  That is 2.5 days sooner.",
        "  After that plan the customer made 1 trip and spent 0.00 USD.",
    ]


def test_it_says_where_there_is_nothing_to_compare_with(tmp_path: Path, policy: Path) -> None:
    until = ("--until", "2026-11-15T12:00:00Z")

    ran = run("replay", _written(tmp_path), "--policy", policy, *until)

    assert ran.out.splitlines()[-2:] == [
        "  As it happened: not yet put right on 2026-11-14 07:00, 0 days after the opening.",
        "  No plan had a fix that makes the customer whole: nothing to compare with.",
    ]


def test_of_an_open_case_it_tells_what_is_saved_at_least_and_never_that_a_plan_is_slower(
    tmp_path: Path, policy: Path
) -> None:
    still_open = CASE.partition("    - {type: resolved")[0]
    waited = run("replay", _written(tmp_path, still_open), "--policy", policy).out
    just_opened = still_open.replace("2026-11-18T12", "2026-11-16T13")
    too_soon = run("replay", _written(tmp_path, just_opened), "--policy", policy).out

    assert "  That is at least 0.5 days sooner.\n" in waited
    assert "  With the plan of 2026-11-16 07:00: on 2026-11-17 19:00, 3.5 days" in too_soon
    assert "That is" not in too_soon


def test_a_policy_without_a_time_zone_names_utc_at_each_time_and_no_zone(
    tmp_path: Path, policy: Path
) -> None:
    text = (policy / "timed.yaml").read_text(encoding="utf-8")
    zoneless = text.replace("timezone: America/New_York\n", "").replace("days(7)", "hours(168)")
    (policy / "timed.yaml").write_text(zoneless, encoding="utf-8")

    lines = run("replay", _written(tmp_path), "--policy", policy).out.splitlines()

    assert lines[0] == "timed 1 on incident I-1"
    assert lines[3].startswith("2026-11-14 12:00 UTC ")


def test_names_are_broken_between_words_or_after_an_underscore(
    tmp_path: Path, policy: Path
) -> None:
    long = "spare_part_by_the_fastest_express_there_is"
    text = (policy / "timed.yaml").read_text(encoding="utf-8").replace("spare_part", long)
    (policy / "timed.yaml").write_text(text, encoding="utf-8")

    told = run("replay", _written(tmp_path), "--policy", policy).out

    pieces = {word for line in told.splitlines()[2:] for word in line.split() if "_" in word}
    assert pieces == {"spare_part_by_the_fastest_", "express_there_is"}


def test_a_plan_before_the_case_was_opened_and_one_that_takes_longer_are_told(
    tmp_path: Path, policy: Path
) -> None:
    label = 'events:\n    - {type: label_created, at: "2026-11-04T12:00:00Z"}'
    noticed = run("replay", _written(tmp_path, CASE.replace("events:", label)), "-p", policy).out
    quick = CASE.replace("2026-11-18T12", "2026-11-16T13").replace("2026-11-20T12", "2026-11-16T14")
    late = run("replay", _written(tmp_path, quick), "-p", policy).out

    assert "With the plan of 2026-11-07 07:00: on 2026-11-08 19:00.\n" in noticed
    assert "That is 1.4 days later." in late


def test_it_prints_json(tmp_path: Path, policy: Path) -> None:
    ran = run("replay", _written(tmp_path), "--policy", policy, "--json")
    told = json.loads(ran.out)

    assert [step["at"] for step in told["steps"]] == [
        "2026-11-14T12:00:00Z",
        "2026-11-16T12:00:00Z",
        "2026-11-18T12:00:00Z",
        "2026-11-20T12:00:00Z",
    ]
    assert told["savings"]["plan"]["trips"] == 1


def test_it_writes_a_page(tmp_path: Path, policy: Path) -> None:
    page = tmp_path / "replay.html"

    ran = run("replay", _written(tmp_path), "--policy", policy, "--html", page)

    assert ran.code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_page_that_cannot_be_written_is_one_error(tmp_path: Path, policy: Path) -> None:
    ran = run("replay", _written(tmp_path), "--policy", policy, "--html", tmp_path)

    assert ran.code == 1
    assert ran.err == f"{tmp_path}: cannot be written: Is a directory\n"
    assert ran.out == ""


def test_every_engine_replays_the_same(tmp_path: Path, policy: Path) -> None:
    file = _written(tmp_path)
    printed = {
        run("replay", file, "-p", policy, "--json", "--engine", name).out for name in INSTALLED
    }

    assert len(printed) == 1


def test_the_moment_of_decision_in_a_file_is_not_read(tmp_path: Path, policy: Path) -> None:
    plain = run("replay", _written(tmp_path), "-p", policy).out
    dated = _written(tmp_path, f'{CASE}at: "2026-11-15T12:00:00Z"\n')

    assert run("replay", dated, "-p", policy).out == plain


def test_a_file_without_a_timeline_is_one_error(tmp_path: Path, policy: Path) -> None:
    file = _written(tmp_path, CASE.partition("case:")[0])

    ran = run("replay", file, "--policy", policy)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"{file}: case.events: has no events; they are what is replayed\n"


def test_a_wrong_event_is_told_with_its_line_and_column(tmp_path: Path, policy: Path) -> None:
    file = _written(tmp_path, CASE.replace("type: trip", "type: tripp"))

    ran = run("replay", file, "--policy", policy)

    assert ran.code == 1
    assert ran.err.startswith(f"{file}:10:")
    assert "tripp" in ran.err


def test_what_stands_beside_the_events_is_told_with_its_place(tmp_path: Path, policy: Path) -> None:
    file = _written(tmp_path, f"{CASE}  contacts: 2\n")

    ran = run("replay", file, "--policy", policy)

    told = "stands beside the events; a replay tells it from them, anew at each moment"
    assert f"{file}:12:13: error[wrong-input]: case.contacts: {told}\n" in ran.err


def test_an_end_that_is_no_moment_is_wrong_usage(tmp_path: Path, policy: Path) -> None:
    ran = run("replay", _written(tmp_path), "--policy", policy, "--until", "soon")

    assert ran.code == 2
    assert "--until" in ran.err


def test_an_end_before_the_first_event_is_one_error(tmp_path: Path, policy: Path) -> None:
    file = _written(tmp_path)

    ran = run("replay", file, "--policy", policy, "--until", "2026-11-01T00:00:00Z")

    assert ran.code == 1
    assert ran.err == (f"{file}: until: is before the first event, at 2026-11-14T12:00:00+00:00\n")

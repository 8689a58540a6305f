"""`remedykit check`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.command_line import run

POLICY = """\
policy: small
version: "1"
currencies: [USD]
params: {fee: {value: {USD: 5.00}, why: house rule}}
remedies:
  pay:
    part: fix
    title: Pay
    gives: money_now
    value: fee
    cost: fee
    say: We pay {remedy.value}.
rules:
  - {id: pay, when: {incident.kind: lost_package}, offer: pay}
"""
SCENARIO = """\
scenarios:
  - name: lost
    given:
      incident: {kind: lost_package, order: {id: A, currency: USD, total: "9.00"}}
      customer: {}
    expect: {first: pay}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, name: str, policy: str, scenarios: str = "") -> None:
    (folder / name).mkdir()
    (folder / name / "policy.yaml").write_text(policy, encoding="utf-8")
    if scenarios:
        (folder / name / "first.scenarios.yaml").write_text(scenarios, encoding="utf-8")


@pytest.mark.parametrize("policy", ["nurture", "transactional"])
def test_shipped_policies_are_checked_by_name_and_fine(policy: str) -> None:
    ran = run("check", policy)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{policy} ")
    assert ", 0 warnings\n" in ran.out
    assert re.search(r"\d+ scenarios, 0 failed\n", ran.out)


def test_the_exposure_is_the_dearest_plan_of_the_scenarios(folder: Path) -> None:
    write(folder, "small", POLICY, SCENARIO)
    ran = run("check", "small")
    assert ran.code == 0
    assert "1 rule, 1 remedy kind, 0 warnings\n  1 scenario, 0 failed\n" in ran.out
    assert "dearest plan costs 5.00 USD (worth 5.00 USD to the customer)" in ran.out
    assert "«lost»" in ran.out


def test_without_scenarios_the_exposure_is_unknown_and_says_so(folder: Path) -> None:
    write(folder, "small", POLICY)
    ran = run("check", "small")
    assert ran.code == 0
    assert "total exposure: unknown" in ran.out


def test_errors_are_shown_and_end_with_1(folder: Path) -> None:
    write(folder, "small", POLICY.replace("offer: pay", "offer: pya"))
    ran = run("check", "small")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("small/policy.yaml:14:")
    assert "did you mean `pay`?" in ran.out
    assert ran.out.endswith("small: 1 error\n")


def test_warnings_are_shown_and_end_with_0(folder: Path) -> None:
    write(folder, "small", POLICY)
    (folder / "small" / "more.yml").write_text("rules: []\n", encoding="utf-8")
    ran = run("check", "small")
    assert ran.code == 0
    assert "warning[file-not-read]" in ran.out
    assert "1 warning\n" in ran.out


def test_a_scenario_that_comes_out_otherwise_is_shown_and_ends_with_1(folder: Path) -> None:
    write(folder, "small", POLICY, SCENARIO.replace("{first: pay}", "{plan: []}"))
    ran = run("check", "small")
    assert ran.code == 1
    assert "small/first.scenarios.yaml:2:11: scenario «lost» failed" in ran.out
    assert "  plan: expected [], got [pay]\n" in ran.out
    assert "1 scenario, 1 failed" in ran.out


def test_a_scenario_that_is_wrong_is_shown_and_ends_with_1(folder: Path) -> None:
    write(folder, "small", POLICY, SCENARIO.replace("{first: pay}", "{frist: pay}"))
    ran = run("check", "small")
    assert ran.code == 1
    assert "small/first.scenarios.yaml:6:14: error[unknown-key]" in ran.out
    assert "did you mean `first`?" in ran.out


def test_what_a_scenario_gives_wrongly_is_shown_and_ends_with_1(folder: Path) -> None:
    write(folder, "small", POLICY, SCENARIO.replace("lost_package", "lost_parcel"))
    ran = run("check", "small")
    assert ran.code == 1
    assert "small/first.scenarios.yaml:4:24: error[wrong-input]" in ran.out
    assert "scenario «lost» cannot be decided" in ran.out
    assert "1 scenario, 1 failed" in ran.out


def test_every_policy_is_checked_even_after_a_wrong_one(folder: Path) -> None:
    write(folder, "wrong", "policy: p\n")
    write(folder, "small", POLICY)
    ran = run("check", "wrong", "small", "transactional")
    assert ran.code == 1
    assert "missing-key" in ran.out
    assert "\nsmall 1, digest " in ran.out
    assert "\ntransactional " in ran.out


CALENDAR = "calendars: {us: {weekend: [sunday], from: 2026-01-01, until: 2026-12-31}}\n"


def test_a_calendar_that_ends_within_a_year_is_warned_of_and_quoted(folder: Path) -> None:
    write(folder, "small", POLICY + CALENDAR, SCENARIO)

    ends, lasts = (
        run("check", "small", "--today", "2026-06-01"),
        run("check", "small", "--today", "2025-12-31"),
    )

    assert (ends.code, lasts.code) == (0, 0)
    assert "warning[calendar-ends]: the calendar `us` ends on 2026-12-31" in ends.out
    assert CALENDAR.strip() in ends.out
    assert "calendar-ends" not in lasts.out


def test_without_a_day_the_clock_tells_it(folder: Path) -> None:
    ended = CALENDAR.replace("2026", "2006")
    write(folder, "small", POLICY + ended, SCENARIO)

    assert "the calendar `us` ended on 2006-12-31" in run("check", "small").out


def test_a_day_that_is_none_is_refused(folder: Path) -> None:
    write(folder, "small", POLICY)

    ran = run("check", "small", "--today", "tomorrow")

    assert ran.code == 2
    assert "tomorrow is no date" in ran.err

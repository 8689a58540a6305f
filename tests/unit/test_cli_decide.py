"""`remedykit decide`."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from support.command_cases import STORIES
from support.command_line import EXAMPLES, ROOT, run, run_program

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

LOST = EXAMPLES / "lost-parcels.yaml"
SMALL = """\
incident:
  kind: lost_package
  order: {id: A, currency: USD, lines: [{id: "1", price: "10.00", unit_cost: "6.00", stock: 1}]}
  affected: ["1"]
customer: {}
"""
SMALL_JSON = json.dumps(
    {
        "incident": {
            "kind": "lost_package",
            "order": {
                "id": "A",
                "currency": "USD",
                "lines": [{"id": "1", "price": "10.00", "unit_cost": "6.00", "stock": 1}],
            },
            "affected": ["1"],
        },
        "customer": {},
    }
)


OWN_FACT = """\
policy: own
version: "1"
facts: {order.channel: {values: [web, shop], means: where it was bought}}
remedies: {sorry: {part: apology, title: Sorry, apology: {regret: true}, say: Sorry.}}
rules: [{id: web, when: {order.channel: web}, offer: sorry}]
"""


ZONELESS = """\
policy: zoneless
version: "1"
remedies: {sorry: {part: apology, title: Sorry, apology: {regret: true}, say: Sorry.}}
rules: [{id: late, where: at >= incident.needed_by, offer: sorry}]
"""


PARTICULAR = """\
policy: particular
version: "1"
currencies: [USD]
params: {one: {value: {USD: 1.00}, why: house rule}}
remedies:
  back:
    part: fix
    title: Money back
    gives: money_now
    group: whole
    needs: {incident.packaging_kept: true}
    value: order.paid
    cost: order.paid
    say: Here is {remedy.value}.
  again:
    part: fix
    title: Again
    gives: exchange
    restores: true
    group: whole
    value: order.total
    cost: 0.5 * order.total
    say: Here it is again.
  bonus:
    part: fix
    title: A bonus
    gives: money_now
    group: more
    value: one
    cost: order.shipping_paid
    say: And {remedy.value} more.
rules:
  - {id: right, entitle: {back: {due: at + hours(24)}, again: {}}}
  - {id: more, offer: bonus}
  - {id: ask, ask_approval: {of: any, by: boss}}
"""


def decided(*arguments: str | Path, stdin: str = "") -> dict[str, Any]:
    ran = run("decide", *arguments, "--json", stdin=stdin)
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def test_json_is_as_its_schema_says() -> None:
    schema = json.loads((ROOT / "docs" / "decision.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for story in STORIES:
        validator.validate(decided(EXAMPLES / f"{story}.yaml", "--policy", "nurture"))


def test_json_is_one_line_with_questions_and_what_is_upcoming_at_its_end() -> None:
    ran = run("decide", EXAMPLES / "missing-screw.yaml", "--policy", "nurture", "--json")
    assert ran.out.count("\n") == 1
    found = json.loads(ran.out)
    assert list(found)[-2:] == ["questions", "upcoming"]
    assert [question["fact"] for question in found["questions"]] == ["customer.marketing_consent"]


def test_what_time_alone_will_change_is_told_after_the_questions() -> None:
    late = SMALL.replace(
        "kind: lost_package", "kind: late_delivery\n  promised_by: 2026-11-19T12:00Z"
    )
    arguments = ("-", "--policy", "nurture", "--at", "2026-11-20T13:00:00+00:00")
    out = run("decide", *arguments, stdin=late).out
    _, _, told = out.partition("\nWhat time alone will change (times in America/New_York)\n")
    assert told.startswith(
        "  2026-11-22 07:00: 3 days after the promised time\n    offers partial_refund; plan: "
    )
    found = decided(*arguments, stdin=late)
    schema = json.loads((ROOT / "docs" / "decision.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    assert [each["at"] for each in found["upcoming"]] == ["2026-11-22T12:00:00Z"]


def test_what_time_alone_will_change_is_told_in_utc_by_a_policy_without_a_time_zone(
    tmp_path: Path,
) -> None:
    (tmp_path / "zoneless.yaml").write_text(ZONELESS, encoding="utf-8")
    moment = ("--at", "2026-11-20T13:00:00-05:00")
    known = SMALL.replace(
        "kind: lost_package", "kind: lost_package\n  needed_by: 2026-11-21T12:00-05:00"
    )

    out = run("decide", "-", "--policy", tmp_path, *moment, stdin=known).out

    assert (
        "\nWhat time alone will change\n  2026-11-21 17:00 UTC: incident.needed_by is reached\n"
    ) in out


def test_json_is_the_same_whether_piped_or_run_again() -> None:
    arguments = ("decide", LOST, "--policy", "nurture", "--json")
    assert run_program(*arguments).stdout == run(*arguments).out.encode()


def test_what_the_policy_says_stands_beside_the_plan() -> None:
    ran = run("decide", LOST, "--policy", "nurture")
    assert ran.code == 0
    assert "the carrier has no scan of your" in ran.out
    assert re.search(r"^fix +Send it again by express +60\.00 USD", ran.out, re.MULTILINE)
    assert "search_packing_area_and_dock" in ran.out


def test_what_is_withheld_asked_and_handed_over_is_told() -> None:
    ran = run("decide", EXAMPLES / "missing-screw.yaml", "--policy", "nurture")
    assert re.search(r"^return_for_refund +infeasible", ran.out, re.MULTILINE)
    assert "customer.marketing_consent: whether advertising is welcome" in ran.out
    other = run("decide", EXAMPLES / "missing-screw.yaml", "--policy", "transactional")
    assert "to person: no fix that can be offered makes the customer whole" in other.out


def test_an_empty_plan_says_so(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text('policy: bare\nversion: "1"\n')
    ran = run("decide", LOST, "--policy", tmp_path)
    assert ran.code == 0
    assert "nothing can be offered" in ran.out
    assert "to person: no fix can be offered" in ran.out


def test_what_is_particular_about_a_remedy_is_noted(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(PARTICULAR, encoding="utf-8")
    at = "2026-11-20T12:00:00+00:00"
    out = run("decide", "-", "--policy", tmp_path, "--at", at, stdin=SMALL).out
    notes = re.sub(r"\s+", " ", out)
    assert (
        "entitlement; to confirm; the customer may choose it instead of again; "
        "due 2026-11-21T12:00:00+00:00" in notes
    )
    assert re.search(
        r"bonus +1\.00 USD +~1\.00 USD .*approval by boss", out
    )  # rights wait for nobody
    assert "needs approval by boss" in out


@pytest.mark.parametrize("text", [SMALL, SMALL_JSON, f"\n  {SMALL_JSON}"])
def test_standard_input_may_be_yaml_or_json(text: str) -> None:
    by_file = decided("-", "--policy", "transactional", stdin=SMALL)
    assert decided("-", "--policy", "transactional", stdin=text) == by_file


def test_files_are_read_by_their_ending_or_else_by_how_they_begin(tmp_path: Path) -> None:
    expected = decided("-", "--policy", "transactional", stdin=SMALL)
    for name, text in (
        ("a.json", SMALL_JSON),
        ("a.JSON", SMALL_JSON),
        ("a.yaml", SMALL),
        ("a.yml", SMALL),
        ("yaml", SMALL),
        ("json", SMALL_JSON),
    ):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert decided(file, "--policy", "transactional") == expected


def test_the_moment_of_decision_is_the_one_of_the_file_unless_the_option_says_another() -> None:
    assert decided(LOST, "--policy", "nurture")["at"] == "2026-11-21T00:00:00Z"
    at = "2026-11-22T10:00:00+01:00"
    assert decided(LOST, "--policy", "nurture", "--at", at)["at"] == "2026-11-22T09:00:00Z"


def test_without_any_moment_none_is_assumed() -> None:
    assert decided("-", "--policy", "nurture", stdin=SMALL)["at"] is None


def test_now_is_the_moment_of_the_call() -> None:
    before = datetime.now(UTC)
    found = decided("-", "--policy", "nurture", "--at", "now", stdin=SMALL)
    at = datetime.fromisoformat(found["at"])
    assert before <= at <= before + timedelta(minutes=5)


def test_facts_of_the_policy_are_read_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(OWN_FACT, encoding="utf-8")
    text = f"{SMALL}facts: {{order.channel: web}}\n"
    (remedy,) = decided("-", "--policy", tmp_path, stdin=text)["remedies"]
    assert remedy["kind"] == "sorry"
    ran = run("decide", "-", "--policy", tmp_path, stdin=text.replace("channel", "chanel"))
    assert ran.code == 1
    assert "did you mean `order.channel`?" in ran.err


def test_nothing_in_the_data_is_taken_for_markup_or_drives_the_terminal() -> None:
    tricky = json.loads(SMALL_JSON)
    tricky["incident"]["id"] = "[red]I[/red] [link=x]\u202e\x1b[2J :smile:"
    for env in (None, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}):
        ran = run("decide", "-", "--policy", "nurture", stdin=json.dumps(tricky), env=env)
        assert ran.code == 0
        assert "[red]I[/red] [link=x]\\u202e\\u001b[2J :smile:" in ran.out
        assert "\x1b[2J" not in ran.out
        assert "\u202e" not in ran.out

"""`remedykit facts` and `remedykit why`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from remedykit.facts.schema import model_schema
from support.command_line import EXAMPLES, run


def line_of(text: str, fact: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{fact} "))


def test_every_fact_stands_on_a_line_of_its_own() -> None:
    printed = run("facts").out
    for name in model_schema().names:
        assert line_of(printed, name)


def test_a_fact_is_shown_with_type_unit_default_and_meaning() -> None:
    printed = run("facts").out
    assert re.match(
        r"incident\.trips +int +trips +0 +trips the customer",
        printed[printed.index("incident.trips") :],
    )
    assert " required " in line_of(printed, "incident.kind")
    assert " false " in line_of(printed, "customer.risk_flag")
    assert " [] " in line_of(printed, "case.offers_made")


def test_personal_and_protected_facts_are_marked() -> None:
    found = {fact["name"]: fact for fact in json.loads(run("facts", "--json").out)}
    assert found["customer.name"]["personal"] is True
    assert found["customer.country"]["protected"] is True
    assert found["order.paid"]["personal"] is False
    printed = run("facts").out
    assert re.search(r"customer\.name .*\n? +\(personal\)", printed)


def test_json_says_what_absence_means_and_which_values_there_are() -> None:
    found = {fact["name"]: fact for fact in json.loads(run("facts", "--json").out)}
    assert found["incident.kind"]["required"] is True
    assert "lost_package" in found["incident.kind"]["values"]
    assert found["customer.risk_flag"]["default"] == "false"
    assert found["incident.days_late"]["default"] is None
    assert found["incident.days_late"]["unit"] == "days"


def test_a_policy_shows_its_own_facts_too(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(
        'policy: p\nversion: "1"\n'
        "facts: {order.channel: {values: [web, shop], default: web, means: where it was bought}}\n",
        encoding="utf-8",
    )
    printed = run("facts", "--policy", tmp_path).out
    assert re.search(r"order\.channel +web \| shop +web +where it was", printed)
    assert "order.channel" not in run("facts").out


def test_why_tells_the_rule_the_value_and_the_score() -> None:
    printed = run("why", EXAMPLES / "lost-parcels.yaml", "reship_express", "--policy", "nurture")
    assert printed.code == 0
    assert "reship_express (fix): in the plan, rank 1" in printed.out
    assert "lost.goods offers" in printed.out
    assert "[incident.kind is lost_package]" in printed.out
    assert re.search(r"score [\d.]+ = ", printed.out)


def test_why_tells_what_a_remedy_that_is_not_offered_lacks() -> None:
    printed = run("why", EXAMPLES / "missing-screw.yaml", "return_for_refund", "-p", "nurture")
    assert "withheld, infeasible" in printed.out
    assert re.search(r"no: .*packaging_kept.*\[incident\.packaging_kept is no\]", printed.out)


def test_why_nearest_tells_the_smallest_change_that_would_offer_a_remedy() -> None:
    lost = EXAMPLES / "lost-parcels-out-of-stock.yaml"
    printed = run("why", lost, "reship_express", "--nearest", "-p", "nurture")
    assert printed.code == 0
    assert "1. replacement in stock true instead of false" in printed.out
    assert "offered in the plan, rank 1" in printed.out


def test_why_without_a_kind_tells_about_all() -> None:
    printed = run("why", EXAMPLES / "missing-screw.yaml", "--policy", "nurture").out
    for kind in ("send_part", "part_on_hand", "points", "return_for_refund"):
        assert re.search(rf"^{kind} \(", printed, re.MULTILINE)

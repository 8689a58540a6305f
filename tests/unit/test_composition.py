"""A policy and what it extends are one policy."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from remedykit import Policy, policy_cache
from remedykit.language.syntax import CheckedPolicy
from remedykit.policy import shipped_names
from support.composed_cases import BASE, HEAD, OWN
from support.composing import composed, found_in_folders, write

KEPT = 'policy: base\nversion: "1"\nextends: ../base\n'  # named like the base
LATER = "[{value: 3, until: 2026-12-31}, {value: 4, from: 2027-01-01}]"
GIFT = "part: perk, gives: exchange, basis: goodwill"
RULE = "  - {id: late.coupon, when: {incident.kind: late_delivery}, offer: coupon}\n"


def over(own: str, base: str = BASE, head: str = KEPT) -> CheckedPolicy:
    return composed({"own/policy.yaml": head + own, "base/policy.yaml": base})


def alone(text: str) -> CheckedPolicy:
    return composed({"own/policy.yaml": text})


# --- inherited -----------------------------------------------------------------------------------


def test_a_policy_that_changes_nothing_is_its_base_under_another_name() -> None:
    policy = over("", head=OWN)
    assert (policy.name, policy.version) == ("own", "2")
    assert over("").digest == alone(BASE).digest != policy.digest


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_policy_extended_by_nothing_is_the_same(name: str) -> None:
    shipped = Policy.shipped(name)
    text = f'policy: {name}\nversion: "{shipped.version}"\nextends: {name}\n'
    assert Policy.from_text(text).digest == shipped.digest


def test_name_and_version_are_never_inherited() -> None:
    found = found_in_folders({"own/policy.yaml": "extends: ../base\n", "base/policy.yaml": BASE})
    assert [each.code for each in found] == ["missing-key", "missing-key"]


def test_the_digest_changes_with_the_base() -> None:
    assert over("").digest != over("", BASE.replace("value: 0.5", "value: 0.6")).digest


@pytest.mark.parametrize(
    "line",
    ["currencies: [USD]", "dated_by: order.placed_at", "timezone: Europe/Berlin", "covers: [fix]"],
)
def test_a_heading_may_stand_in_the_base_or_above_it(line: str) -> None:
    base = BASE if line in BASE else f"{BASE}{line}\n"
    assert over(f"{line}\n").digest == over("", base).digest


def test_currencies_may_be_named_where_the_base_names_none() -> None:
    base = 'policy: base\nversion: "1"\nrules: [{id: a, todo: x}]\n'
    assert over("currencies: [EUR]\n", base).currencies == ("EUR",)


def test_time_zone_and_covered_parts_of_the_policy_stand_before_those_of_the_base() -> None:
    policy = over(
        "timezone: Europe/Berlin\ncovers: [perk]\n", f"{BASE}timezone: UTC\ncovers: [fix]\n"
    )
    assert (policy.timezone, policy.covers) == ("Europe/Berlin", ("perk",))


def test_a_ranking_is_inherited_key_by_key() -> None:
    base = f"{BASE}ranking: {{objective: retain, small_loss: 5.00, desired_first: true}}\n"
    policy = over("ranking: {small_loss: 7.00}\n", base)
    assert policy.digest == alone(base.replace("small_loss: 5.00", "small_loss: 7.00")).digest


def test_a_ranking_that_is_no_map_is_told_and_not_joined() -> None:
    files = {"own/policy.yaml": f"{OWN}ranking: x\n", "base/policy.yaml": f"{BASE}ranking: {{}}\n"}
    assert [each.code for each in found_in_folders(files)] == ["wrong-shape"]


def test_facts_and_guarded_words_of_both_hold() -> None:
    policy = over(
        "facts: {order.gift: {type: bool, means: a gift}}\nguarded_words: {sent: order.gift}\n",
        f"{BASE}facts: {{order.shop: {{type: text, means: which}}}}\n",
    )
    assert policy.own_facts == ("order.gift", "order.shop")


# --- overriding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "old", "new"),
    [
        ("params: {due_minutes: 9}\n", "{value: 8}", "{value: 9}"),
        ("params: {near: [CA]}\n", "[US, CA]", "[CA]"),
        ("params: {dear: 9.00}\n", "{value: {USD: 8.00}, why: w}", "{value: 9.00, type: money}"),
        ("params: {dear: {USD: 9.00}}\n", "{USD: 8.00}, why: w", "{USD: 9.00}"),
        ("params: {fee: 9}\n", "{value: 8.00, unit: USD}", "{value: 9.00, unit: USD}"),
        (
            "params: {wait: {value: 9 hours, why: new, override: true}}\n",
            "{value: 8 hours, type: duration, why: old}",
            "{value: 9 hours, type: duration, why: new}",
        ),
        (
            f"params: {{stage: {{value: {LATER}, override: true}}}}\n",
            "[{value: 1, until: 2026-12-31}, {value: 2, from: 2027-01-01}]",
            LATER,
        ),
        (
            "define: {early: {override: true, incident.days_late: ..1}}\n",
            "days_late: ..0}",
            "days_late: ..1}",
        ),
        ("define: {two: {override: true, value: 3}}\n", "two: 2", "two: 3"),
        (
            "limits: [{id: perks, override: true, of: {part: perk}, at_most: 9, over: reduce}]\n",
            "at_most: 10.00, over: withhold",
            "at_most: 9, over: reduce",
        ),
        (
            f"remedies: {{gift: {{{GIFT}, value: 3, say: A, override: true}}}}\n",
            "value: 4.00, say: A gift.",
            "value: 3, say: A",
        ),
        (
            "rules:\n  - {id: late.coupon, offer: gift, override: true}\n",
            RULE,
            "  - {id: late.coupon, offer: gift}\n",
        ),
        ("without: [late.coupon]\n", RULE, ""),
    ],
)
def test_an_override_means_what_editing_the_base_means(own: str, old: str, new: str) -> None:
    base = BASE.replace(
        "define:\n",
        "  due_minutes: {value: 8}\n  near: {value: [US, CA]}\n"
        "  dear: {value: {USD: 8.00}, why: w}\n"
        "  fee: {value: 8.00, unit: USD}\n  wait: {value: 8 hours, type: duration, why: old}\n"
        "  stage: {value: [{value: 1, until: 2026-12-31}, {value: 2, from: 2027-01-01}]}\n"
        "define:\n  early: {incident.days_late: ..0}\n  two: 2\n",
    ).replace("params:", "timezone: Europe/Berlin\nparams:")
    assert base.count(old) == 1
    assert over(own, base).digest == alone(base.replace(old, new)).digest


def test_an_override_of_a_param_without_a_value_lacks_it() -> None:
    files = {
        "own/policy.yaml": f"{OWN}params: {{share: {{override: true}}}}\n",
        "base/policy.yaml": BASE,
    }
    assert "the param `share` lacks `value`" in {each.message for each in found_in_folders(files)}


def test_a_faulty_param_of_the_base_is_told_where_it_stands() -> None:
    base = f"{BASE}".replace("  slow: {value: 3}\n", "  slow: 3\n")
    files = {"own/policy.yaml": f"{OWN}params: {{slow: 4}}\n", "base/policy.yaml": base}
    assert {each.place.file for each in found_in_folders(files)} >= {"base/policy.yaml"}


def test_a_policy_in_the_middle_overrides_and_is_overridden() -> None:
    files = {
        "own/policy.yaml": f"{HEAD}extends: ../middle\nparams: {{lost_after: 9}}\n",
        "middle/policy.yaml": f"{KEPT}params: {{slow: 2, most: {{value: 1}}}}\n",
        "base/policy.yaml": BASE.replace("entitle: {refund:", "offer: {refund:").replace(
            "lost_after..", "2.."
        ),
    }
    policy = composed(files)
    values = {param.name: param.value for param in policy.params}
    assert (values["lost_after"], values["slow"], values["most"]) == (9, 2, 1)


def test_what_has_no_id_is_told_by_its_reader() -> None:
    files = {
        "own/policy.yaml": f"{OWN}rules:\n  - {{offer: coupon}}\n  - x\n",
        "base/policy.yaml": BASE,
    }
    assert [each.code for each in found_in_folders(files)] == ["missing-key", "wrong-shape"]


def test_an_id_that_a_policy_repeats_is_told_once() -> None:
    own = f"{OWN}rules:\n  - {{id: a, todo: x}}\n  - {{id: a, todo: y}}\n"
    (found,) = found_in_folders({"own/policy.yaml": own, "base/policy.yaml": BASE})
    assert (found.code, found.place.file) == ("duplicate-name", "own/policy.yaml")


def test_marks_say_nothing_to_a_policy_that_no_one_extends() -> None:
    marked = BASE.replace("value: 0.5}", "value: 0.5, sealed: true}").replace(
        "part_back: share * order.paid", "part_back: {value: share * order.paid, sealed: true}"
    )
    assert (
        alone(marked).digest
        == alone(BASE).digest
        == alone(BASE.replace(", sealed: true", "")).digest
    )


@pytest.mark.parametrize("word", ["override", "sealed"])
def test_the_words_of_the_marks_name_no_param(word: str) -> None:
    (found,) = found_in_folders({"own/policy.yaml": f"{HEAD}params: {{{word}: {{value: 3}}}}\n"})
    assert found.code == "bad-name"


# --- tables --------------------------------------------------------------------------------------

TABLE = """
  - id: slow
    table:
      - [incident.days_late, offer]
      - [3.., coupon]
      - [30.., gift]
"""


def test_a_table_of_rules_is_overridden_as_a_whole() -> None:
    own = f"rules:{TABLE.replace('3..', '4..')}    override: true\n"
    base = BASE.replace("rules:\n", f"rules:{TABLE}")
    edited = alone(base.replace("3..,", "4..,"))
    assert {rule.id for rule in edited.rules} >= {"slow.1", "slow.2"}
    assert over(own, base).digest == edited.digest


def test_a_csv_file_belongs_to_the_policy_in_whose_folder_it_is() -> None:
    text = "incident.days_late,offer\n3..,coupon\n"
    policy = composed(
        {
            "own/policy.yaml": f"{OWN}rules:\n  - {{id: mine, table: rows.csv}}\n",
            "own/rows.csv": text.replace("3", "5"),
            "base/policy.yaml": f"{BASE}".replace(
                "rules:\n", "rules:\n  - {id: its, table: rows.csv}\n"
            ),
            "base/rows.csv": text,
        }
    )
    assert {rule.place.file for rule in policy.rules if rule.id in {"mine.1", "its.1"}} == {
        "own/rows.csv",
        "base/rows.csv",
    }


# --- the cache -----------------------------------------------------------------------------------


def test_the_cache_holds_a_policy_with_its_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"own/policy.yaml": OWN, "base/policy.yaml": BASE})
    first = Policy.load(tmp_path / "own", cache=tmp_path / "cache")
    write(tmp_path, {"base/policy.yaml": BASE.replace("value: 0.5", "value: 0.6")})
    second = Policy.load(tmp_path / "own", cache=tmp_path / "cache")
    assert second.digest != first.digest

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the files were read")

    monkeypatch.setattr(policy_cache, "load_policy", refuse)
    assert Policy.load(tmp_path / "own", cache=tmp_path / "cache").checked == second.checked


def test_a_file_that_moves_from_the_base_to_the_policy_is_another_policy_for_the_cache(
    tmp_path: Path,
) -> None:
    rule = "rules: [{id: a, entitle: refund}]\n"
    write(tmp_path, {"own/policy.yaml": OWN, "base/policy.yaml": BASE, "base/a.yaml": rule})
    Policy.load(tmp_path / "own", cache=tmp_path / "cache")
    (tmp_path / "base" / "a.yaml").rename(tmp_path / "own" / "a.yaml")
    Policy.load(tmp_path / "own", cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 2

"""Rule coverage: what decisions show of a policy, and facts for what they do not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from remedykit import Policy
from remedykit.authoring.coverage.coverage import percent
from remedykit.authoring.coverage.exercising import Exerciser
from remedykit.authoring.coverage.measuring import Meter, measured
from remedykit.authoring.situations.building import Unbuildable
from remedykit.authoring.situations.situation import Situation
from remedykit.errors import InputError
from support.rule_coverage import HEAD, REMEDIES, decided, of_rules, seen

LATE = "{id: late, when: {incident.days_late: 3.., customer.tier: gold}, todo: [call]}"
DAYS, TIER = "rule:late incident.days_late: 3..", "rule:late customer.tier: gold"


def test_a_test_is_seen_true_false_and_unknown() -> None:
    policy, gold = of_rules(LATE), {"tier": "gold"}

    assert seen(policy, decided(policy, gold, days_late=3)) == {
        "rule:late fires",
        f"{DAYS} true",
        f"{TIER} true",
    }
    assert seen(policy, decided(policy, gold, days_late=2)) == {f"{DAYS} false"}
    assert seen(policy, decided(policy, gold)) == {f"{DAYS} unknown", f"{TIER} true"}
    assert seen(policy, decided(policy, days_late=3)) == {f"{DAYS} true", f"{TIER} unknown"}


def test_a_test_that_another_one_makes_idle_is_not_seen() -> None:
    policy = of_rules(LATE)

    assert seen(policy, decided(policy, {"tier": "silver"}, days_late=3)) == {f"{TIER} false"}
    assert seen(policy, decided(policy, {"tier": "silver"}, days_late=2)) == frozenset()


def test_of_alternatives_each_is_seen_where_no_other_holds() -> None:
    policy = of_rules(
        "{id: any, when: {any: [{incident.days_late: 3..}, {incident.trips: 2..}]}, todo: [call]}"
    )

    assert seen(policy, decided(policy, days_late=3, trips=0)) == {
        "rule:any fires",
        "rule:any incident.days_late: 3.. true",
    }
    assert seen(policy, decided(policy, days_late=3, trips=2)) == {"rule:any fires"}


def test_what_stands_below_unless_is_seen_as_it_is_written() -> None:
    policy = of_rules("{id: on, unless: {incident.trips: 2..}, todo: [call]}")

    assert seen(policy, decided(policy, trips=2)) == {"rule:on incident.trips: 2.. true"}


def test_each_word_of_a_list_must_hold_once_and_each_end_of_a_range_exclude_once() -> None:
    policy = of_rules(
        "{id: few, when: {customer.tier: [gold, vip], incident.days_late: 3..<5}, todo: [call]}"
    )
    gold = {"tier": "gold"}

    assert "rule:few customer.tier: gold true" in seen(policy, decided(policy, gold, days_late=3))
    assert "rule:few customer.tier: vip true" not in seen(
        policy, decided(policy, gold, days_late=3)
    )
    low = seen(policy, decided(policy, gold, days_late=2))
    assert "rule:few incident.days_late: 3.. false" in low
    assert "rule:few incident.days_late: ..<5 false" not in low


def test_truths_that_a_test_cannot_have_are_no_targets() -> None:
    policy = of_rules(
        "{id: kinds, when: {incident.kind: lost_package, incident.trips: 0..}, todo: [call]}"
    )

    names = {each.name for each in Meter.of(policy).watched.targets}
    assert "rule kinds: `incident.kind: lost_package` is never false" in names
    assert "rule kinds: `incident.kind: lost_package` is never unknown" not in names
    assert "rule kinds: `incident.trips: 0..` is never false" not in names


ROWS = """\
define:
  share:
    type: number
    {op}:
      - [customer.tier, incident.days_late, value]
      - [gold, "-", 1]
      - ["-", 3.., 2]
    else: 0
"""


def test_of_a_table_that_takes_the_first_row_only_that_row_is_chosen() -> None:
    policy = of_rules("{id: all, where: share > 1, todo: [call]}", more=ROWS.format(op="first"))

    def rows(**fields: object) -> set[str]:
        found = seen(policy, decided(policy, {"tier": fields.pop("tier")}, **fields))
        return {each.split()[-2] for each in found if each.endswith("chosen")}

    assert rows(tier="gold", days_late=3) == {"1"}
    assert rows(tier="silver", days_late=3) == {"2"}
    assert rows(tier="silver", days_late=2) == {"else"}
    assert rows(tier=None, days_late=3) == set()


def test_of_a_table_that_adds_up_all_rows_that_match_are_chosen() -> None:
    policy = of_rules("{id: all, where: share > 1, todo: [call]}", more=ROWS.format(op="sum"))

    found = seen(policy, decided(policy, {"tier": "gold"}, days_late=3))
    assert {each for each in found if each.endswith("chosen")} == {
        "define:share row 1 chosen",
        "define:share row 2 chosen",
    }


def test_a_row_of_a_table_of_rules_is_a_rule_at_its_own_place() -> None:
    table = "{id: paid, table: [[incident.kind, offer], [lost_package, back], [damaged, again]]}"
    policy = of_rules(table)

    assert "rule:paid.1 fires" in seen(policy, decided(policy))
    assert [
        each.name for each in measured(policy, [decided(policy)]).missing if "fires" in each.name
    ] == ["rule paid.2 never fires"]


def test_a_remedy_is_offered_and_comes_first_in_its_part() -> None:
    policy = of_rules("{id: all, offer: [sorry, back, again]}")
    coverage = measured(policy, [decided(policy, total="50.00")])

    missing = {each.name for each in coverage.missing}
    assert "remedy back is never offered" not in missing
    assert "remedy again is never offered" not in missing
    assert "remedy again never comes first" not in missing
    assert "remedy back never comes first" in missing


def test_what_a_remedy_needs_is_seen_only_where_a_rule_claims_it() -> None:
    policy = of_rules("{id: late, when: {incident.days_late: 3..}, offer: back}")

    def needs(**fields: object) -> set[str]:
        missing = measured(policy, [decided(policy, None, **fields)]).missing
        return {each.name for each in missing if each.clause.startswith("needs")}

    assert "needs back: `order.chargeback: false` is never true" in needs(days_late=2)
    assert "needs back: `order.chargeback: false` is never true" not in needs(days_late=3)


ABOUT = "{id: dear, when: {remedy.value: 20.00..}, ask_approval: {of: {part: fix}, by: lead}}"


def test_a_rule_about_remedies_applies_where_one_is_as_it_says() -> None:
    policy = of_rules("{id: all, offer: back}", ABOUT)

    assert "rule:dear applies" in seen(policy, decided(policy, total="20.00"))
    small = seen(policy, decided(policy, total="19.99"))
    assert "rule:dear fires" in small
    assert "rule:dear remedy.value: 20.00.. false" in small
    assert "rule:dear applies" not in small


LIMIT = "limits:\n  - {id: most, of: {part: fix}, at_most: 20.00, over: withhold}\n"


def test_a_limit_is_reached_where_a_remedy_is_worth_more() -> None:
    policy = of_rules("{id: all, offer: back}", more=LIMIT)

    assert seen(policy, decided(policy, total="20.00")) == {"rule:all fires", "limit:most applies"}
    assert "limit:most reached" in seen(policy, decided(policy, total="20.01"))


def test_two_runs_are_put_together_exactly() -> None:
    policy, gold = of_rules(LATE), {"tier": "gold"}
    one, other = decided(policy, gold, days_late=3), decided(policy, gold, days_late=2)

    merged = measured(policy, [one]).merged(measured(policy, [other]))
    assert merged == measured(policy, [one, other])
    assert merged.decisions == 2


def test_runs_of_two_policies_are_not_put_together() -> None:
    policy, other = of_rules(LATE), of_rules(LATE.replace("3..", "4.."))

    with pytest.raises(ValueError, match="is none of shop 1"):
        measured(policy, []).merged(measured(other, []))
    with pytest.raises(InputError):
        measured(policy, [decided(other)])


def test_a_share_is_rounded_down_so_that_100_is_all() -> None:
    assert str(percent(Fraction(1999, 2000))) == "99.9"
    assert str(percent(Fraction(1))) == "100.0"


def test_a_policy_with_nothing_to_see_is_covered() -> None:
    policy = Policy.from_text(HEAD)

    assert measured(policy, []).share == 1


@pytest.mark.parametrize("op", ["first", "sum"])
def test_facts_are_found_for_everything_and_show_it(op: str) -> None:
    limit = "limits:\n  - {id: most, of: {part: fix}, at_most: order.shipping_paid, over: reduce}\n"
    policy = of_rules(
        LATE,
        "{id: all, unless: {incident.trips: 2..}, offer: [sorry, back, again]}",
        "{id: none, when: {customer.risk_flag: true}, forbid: back}",
        "{id: more, where: share > 1, adjust: {of: again, points: 5}}",
        ABOUT,
        more=ROWS.format(op=op) + limit,
    )
    meter = Meter.of(policy)
    exerciser = Exerciser.of(meter)

    nothing = meter.measured([])
    for number in nothing.missing_numbers:
        found = exerciser.situation_for(number)
        assert isinstance(found, Situation), nothing.targets[number].name
        assert meter.seen_by(found.decide(policy)) >> number & 1


def test_where_no_facts_are_found_the_reason_is_told() -> None:
    policy = of_rules("{id: never, where: order.total < 0.00, todo: [call]}")
    meter = Meter.of(policy)

    (fires,) = (
        each
        for each in Exerciser.of(meter).missing(meter.measured([]))
        if each.target.aspect == "fires"
    )
    assert isinstance(fires.facts, Unbuildable)
    assert fires.facts.reason


def test_files_of_bases_are_told_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("base", f"{HEAD}{REMEDIES}rules:\n  - {LATE}\n"),
        (
            "mine",
            'policy: mine\nversion: "1"\nextends: ../base\nrules:\n  - {id: own, todo: [write]}\n',
        ),
    ):
        Path(name).mkdir()
        Path(name, "policy.yaml").write_text(text, encoding="utf-8")
    policy = Policy.load("mine")

    files = {each.place.file for each in measured(policy, []).targets if each.aspect == "fires"}
    assert files == {"mine/policy.yaml", "base/policy.yaml"}

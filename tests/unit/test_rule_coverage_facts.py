"""Rule coverage: facts for what is missing are found where they lie off the beaten track, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from remedykit import Policy
from remedykit.authoring.coverage.exercising import Exerciser, Missing
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.routes import Route, Routes
from remedykit.authoring.coverage.targets import Origin
from remedykit.authoring.situations.situation import Situation
from remedykit.model.decision import Decision
from support.rule_coverage import decided, of_rules

HEAD = """\
policy: shop
version: "1"
currencies: [USD]
timezone: America/New_York
facts:
  order.tags: {type: texts, values: [gift, bulky, fragile, heavy], means: what is on the label}
  order.promised: {type: time, means: when it was promised}
  order.gift: {type: bool, means: whether it is a gift}
"""


def of_again(*rules: str, more: str = "", own: str = "") -> Policy:
    """Return a policy with one remedy."""
    lines = "".join(f"  - {rule}\n" for rule in rules)
    terms = "part: fix, title: Again, gives: exchange, value: 5.00, say: Here."
    remedy = f"remedies:\n  again: {{{terms}{', ' if own else ''}{own}}}\n"
    return Policy.from_text(f"{HEAD}{remedy}{more}rules:\n{lines}")


def missing(policy: Policy, *decisions: Decision) -> tuple[Missing, ...]:
    meter = Meter.of(policy)
    return Exerciser.of(meter).missing(meter.measured(decisions))


def assert_all_reached(policy: Policy, *decisions: Decision) -> None:
    meter = Meter.of(policy)
    names = {target: number for number, target in enumerate(meter.watched.targets)}
    for each in missing(policy, *decisions):
        assert isinstance(each.facts, Situation), each.target.name
        assert meter.seen_by(each.facts.decide(policy)) >> names[each.target] & 1


@pytest.mark.parametrize(
    "forbidding",
    [
        "when: {incident.kind: lost_package}",
        "when: {remedy.gives: money_now, incident.kind: lost_package}",
        "when: {remedy.gives: money_now, remedy.refused: true}",
        "unless: {customer.tier: gold}",
    ],
)
def test_facts_for_a_remedy_are_such_that_no_rule_forbids_it(forbidding: str) -> None:
    policy = of_rules(
        "{id: all, offer: [sorry, back, again]}",
        f"{{id: ban, {forbidding}, forbid: {{part: fix}}}}",
    )

    assert_all_reached(policy)


def test_facts_for_a_limit_are_such_that_no_rule_forbids_the_remedy() -> None:
    limit = "limits:\n  - {id: most, of: again, at_most: 4.00, over: reduce}\n"
    policy = of_rules(
        "{id: all, offer: [sorry, back, again]}",
        "{id: ban, when: {incident.kind: lost_package}, forbid: again}",
        more=limit,
    )

    assert_all_reached(policy, decided(policy))


class NoWayToOffers(Routes):
    """Routes that lead nowhere where a remedy is to be offered."""

    def to(self, origin: Origin) -> Iterator[Route]:
        if origin.aspect != "offered":
            yield from super().to(origin)


def test_facts_that_are_found_later_are_told_of_what_they_show_by_the_way() -> None:
    policy = of_again("{id: all, when: {incident.kind: damaged}, offer: again}")
    meter = Meter.of(policy)
    usual = Exerciser.of(meter)
    routes = NoWayToOffers(usual.routes.solver, usual.routes.hosts, usual.routes.room)

    nothing = meter.measured(())
    told = Exerciser(meter, usual.search, routes).foremost(nothing, 2)
    facts = {each.target.name: each.facts for each in told}
    assert list(facts) == ["remedy again is never offered", "rule all never fires"]
    assert isinstance(facts["rule all never fires"], Situation)
    assert facts["remedy again is never offered"] == facts["rule all never fires"]


def test_no_more_is_searched_than_is_told() -> None:
    policy = of_again("{id: all, when: {incident.kind: damaged}, offer: again}")
    meter = Meter.of(policy)

    nothing = meter.measured(())
    assert len(Exerciser.of(meter).foremost(nothing, 3)) == 3
    assert len(nothing.missing) > 3


PROMISED = "order.promised < at - days(3)"
SORT = f"""\
define:
  sort: {{values: [very, no], first: [{{where: {PROMISED}, value: very}}], else: no}}
"""


@pytest.mark.parametrize(
    ("rule", "define"),
    [
        (f"when: {{incident.kind: damaged}}, where: {PROMISED}", ""),
        ("when: {late: true}", f"define:\n  late: {PROMISED}\n"),
        ("when: {open: 7.13}", "define:\n  open: order.total - order.refunded\n"),
        ("when: {sort: very}", SORT),
    ],
)
def test_facts_are_found_where_values_have_a_certain_distance(rule: str, define: str) -> None:
    assert_all_reached(of_again(f"{{id: late, {rule}, offer: again}}", more=define))


@pytest.mark.parametrize(
    "form", ["all: [gift, bulky, fragile]", "not: {all: [gift, bulky, heavy]}"]
)
def test_facts_are_found_for_words_that_must_stand_in_a_list_together(form: str) -> None:
    assert_all_reached(of_again(f"{{id: wrap, when: {{order.tags: {{{form}}}}}, offer: again}}"))


@pytest.mark.parametrize("form", ["[gift, bulky]", "{not: [gift, bulky, heavy]}"])
def test_facts_are_found_for_each_word_alone(form: str) -> None:
    assert_all_reached(of_again(f"{{id: wrap, when: {{order.tags: {form}}}, offer: again}}"))


def test_facts_are_found_for_what_is_needed_beside_what_is_stated() -> None:
    own = "needs: {order.gift: true, customer.tier: [gold, vip]}, states: {order.tags: gift}"

    assert_all_reached(of_again("{id: all, offer: again}", own=own))

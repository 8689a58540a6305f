"""Policies with defects planted in them, written as an author would write them.

Every policy is drawn from small pools of facts, so that rules meet. A planter adds to it what an
analysis must find, and says how it is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from support.chances import Chance, flag

Tests = Mapping[str, str]

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "incident.share": "{type: number, at_least: 0, at_most: 1, means: a share}",
        "order.channel": "{values: [web, app, shop], means: where it was bought}",
        "order.colour": "{type: text, means: any text}",
        "order.gift_by": "{type: date, means: a day}",
        "order.tags": "{type: texts, values: [gift, bulky], means: marks}",
        "order.marks": "{type: texts, values: [red, blue], default: [], means: more marks}",
    }
)
# Tests of each fact, that some values pass and some do not.
POOL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "incident.kind": ("lost_package", "[lost_package, damaged]", "{not: damaged}"),
        "incident.days_late": ("3..", "..<3", "late_after..", "[1, 5]", "{not: 2..4}"),
        "incident.share": ("..<0.5", "0.5..", "{known: false}", "0.25<..0.75"),
        "incident.usable": ("true", "false", "{known: true}"),
        "order.channel": ("web", "[web, app]", "{not: web}", "{in: channels}"),
        "order.colour": ("red", "[red, blue]", "{not: [red, green]}"),
        "order.gift_by": ("2026-11-23..", "..2026-11-20", "{known: false}"),
        "order.marks": ("red", "{not: blue}", "{all: [red, blue]}"),
        "order.shipping_paid": ("0", "0<..", "5.00..10.00"),
        "order.tags": ("gift", "[gift, bulky]", "{not: gift}", "{known: true}"),
        "customer.risk_flag": ("true", "false"),
        "customer.tier": ("gold", "[gold, vip]", "{not: [standard, bronze]}", "{known: false}"),
        "loyal": ("true", "false"),
        "upset": ("true", "false"),
    }
)
# Each is true of no facts, but not as one test that no value passes.
CONTRADICTIONS: tuple[tuple[str, str], ...] = (
    ("when: {customer.tier: gold}", "unless: {customer.tier: [gold, vip]}"),
    ("when: {incident.days_late: 3..}", "where: incident.days_late < 3"),
    ("when: {loyal: true, customer.tenure_years: ..2}", ""),
    ("when: {upset: true, incident.trips: 0}", "unless: {order.channel: app}"),
    ("when: {order.marks: red}", "unless: {order.marks: [red, blue]}"),
    ("when: {order.tags: gift}", "unless: {order.tags: {known: true}}"),
    (
        "when: {incident.share: 0.5<.., upset: false, any: [{incident.share: 0}, {upset: true}]}",
        "",
    ),
    ("when: {order.gift_by: 2026-11-23..}", "where: not known(order.gift_by)"),
    ("when: {order.shipping_paid: 0<..}", "where: order.shipping_paid < 0.01"),
)
CATALOGUE = """
remedies:
  sorry: {part: apology, title: Sorry, apology: {regret: true}, say: Sorry.}
  next: {part: explanation, title: Next, explains: next_steps, say: Soon.}
  pay: {part: fix, title: Pay, gives: money_now, group: g, value: fee, cost: fee, say: We pay.}
  send: {part: fix, title: Send, gives: exchange, group: g, value: 9.00, cost: 4.00, say: We send.}
  gift: {part: perk, title: Gift, basis: goodwill, gives: money_later, value: 3.00, say: A gift.}
"""
EFFECTS = (
    *(f"offer: {kind}" for kind in ("sorry", "pay", "send", "gift")),
    "offer: [pay, send]",
    "offer: {pay: {value: 7.00, cost: 7.00}}",
    "entitle: pay",
    "forbid: gift",
    "forbid: {part: fix}",
    "adjust: {of: pay, points: 5}",
    "ask_approval: {of: send, by: lead}",
    "hand_over: desk",
    "todo: [call, write]",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """What is to be found: a code, and the words of the message that name it."""

    code: str
    words: tuple[str, ...]


@dataclass(slots=True)
class Draft:
    """A policy that is being written.

    Attributes:
        rules: each as the lines of its fields.
        extra: further lines, by section.
        planted: what was planted in it.
    """

    rules: list[list[str]]
    params: list[str] = field(default_factory=list[str])
    define: list[str] = field(default_factory=list[str])
    remedies: list[str] = field(default_factory=list[str])
    covers: str = ""
    planted: list[Planted] = field(default_factory=list[Planted])

    def text(self) -> str:
        """Return the policy."""
        lines = ["policy: drawn", 'version: "1"', "currencies: [USD]", "timezone: UTC"]
        lines += [f"covers: [{self.covers}]"] if self.covers else []
        lines += ["facts:", *(f"  {name}: {told}" for name, told in FACTS.items())]
        lines += [
            "params:",
            "  late_after: {value: 4, unit: days, why: house rule}",
            "  fee: {value: {USD: 5.00}, why: house rule}",
            "  channels: {value: [web, shop], why: house rule}",
            *self.params,
            "define:",
            "  loyal: {customer.tenure_years: 3.., customer.incidents_12m: ..1}",
            "  upset: {any: [{incident.trips: 1..}, {order.channel: app}]}",
            *self.define,
        ]
        lines += [*CATALOGUE.strip().splitlines(), *self.remedies, "rules:"]
        for rule in self.rules:
            lines += [f"  - {rule[0]}", *(f"    {each}" for each in rule[1:] if each)]
        return "\n".join([*lines, ""])

    def add(self, name: str, *fields: str) -> None:
        """Add a rule."""
        self.rules.append([f"id: {name}", *fields])

    def expect(self, code: str, *words: str) -> None:
        """Say what is to be found."""
        self.planted.append(Planted(code, words))


def some_draft(chance: Chance, *, rules: int = 8) -> Draft:
    """Return a policy of drawn rules, in which nothing was planted on purpose."""
    draft = Draft([])
    for number in range(chance.count(1, rules)):
        draft.add(f"r{number}", *_condition(chance), chance.pick(EFFECTS))
    return draft


def planted_in(chance: Chance, draft: Draft) -> Draft:
    """Plant one to three defects in a policy."""
    for number in range(chance.count(1, 3)):
        chance.pick(PLANTERS)(chance, draft, f"x{number}")
    return draft


def _condition(chance: Chance) -> tuple[str, ...]:
    """Return the fields of a condition that some facts meet."""
    names = _some(chance, tuple(POOL), chance.count(1, 3))
    fields = [f"when: {_tests(chance, names)}"]
    if flag(chance, one_in=3):
        name = chance.pick([each for each in POOL if each not in names])
        fields.append(f"unless: {_tests(chance, (name,))}")
    if flag(chance, one_in=4):
        fields.append(f"where: {chance.pick(COMPARISONS)}")
    return tuple(fields)


# Over several facts, so that no analysis takes them apart.
COMPARISONS = (
    "order.total > 2 * order.shipping_paid",
    "incident.trips + incident.days_late >= 3",
    "incident.out_of_pocket <= order.total",
)


def _tests(chance: Chance, names: tuple[str, ...]) -> str:
    return f"{{{', '.join(f'{name}: {chance.pick(POOL[name])}' for name in names)}}}"


def _some(chance: Chance, names: tuple[str, ...], count: int) -> tuple[str, ...]:
    left = list(names)
    chosen: list[str] = []
    for _ in range(count):
        chosen.append(chance.pick(left))
        left.remove(chosen[-1])
    return tuple(chosen)


# --- planters ----------------------------------------------------------------------------------


def _never(chance: Chance, draft: Draft, name: str) -> None:
    draft.add(name, *chance.pick(CONTRADICTIONS), chance.pick(EFFECTS))
    draft.expect("never-fires", f"`{name}`")


def _duplicate(chance: Chance, draft: Draft, name: str) -> None:
    first, second = chance.pick(WRITTEN_TWICE)
    effect = chance.pick(EFFECTS)
    draft.add(f"{name}.a", *first, effect)
    draft.add(f"{name}.b", *second, effect)
    draft.expect("duplicate-rule", f"`{name}.b`")


# The same condition in two ways.
WRITTEN_TWICE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("when: {customer.tier: [gold, vip]}",), ("when: {customer.tier: [vip, gold]}",)),
    (
        ("when: {incident.days_late: 4.., order.channel: web}",),
        ("when: {order.channel: web}", "where: incident.days_late >= late_after"),
    ),
    (("when: {incident.days_late: 4..}",), ("when: {incident.days_late: 3<..}",)),
    (
        ("when: {loyal: true}",),
        ("when: {customer.tenure_years: 3.., customer.incidents_12m: ..1}",),
    ),
    (
        ("when: {customer.risk_flag: false}",),
        ("when: {incident.kind: {known: true}}", "unless: {customer.risk_flag: true}"),
    ),
    (
        ("when: {order.channel: [web, app]}",),
        ("when: {any: [{order.channel: app}, {order.channel: web}]}",),
    ),
    (
        ("when: {order.marks: [red, blue]}",),
        ("when: {any: [{order.marks: red}, {order.marks: blue}]}",),
    ),
    (
        ("when: {order.channel: web}", "where: order.total > 2 * order.shipping_paid"),
        ("where: [order.total > 2 * order.shipping_paid, order.channel == 'web']",),
    ),
)


def _implied(chance: Chance, draft: Draft, name: str) -> None:
    narrow, broad = chance.pick(NARROWER)
    effect, wider = chance.pick(WIDER_EFFECTS)
    draft.add(f"{name}.narrow", *narrow, effect)
    draft.add(f"{name}.broad", *broad, wider)
    draft.expect("implied-rule", f"`{name}.narrow`")


NARROWER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("when: {customer.tier: gold}",), ("when: {customer.tier: [gold, vip]}",)),
    (
        ("when: {incident.days_late: 5.., customer.tier: gold}",),
        ("when: {incident.days_late: late_after..}",),
    ),
    (("when: {loyal: true, incident.usable: false}",), ("when: {customer.tenure_years: 2..}",)),
    (
        ("when: {order.channel: web}", "where: order.total > 2 * order.shipping_paid"),
        ("where: order.total > 2 * order.shipping_paid",),
    ),
    (("when: {order.tags: gift, order.colour: red}",), ("when: {order.tags: [gift, bulky]}",)),
    (
        ("when: {incident.share: 0.25..0.75}",),
        ("when: {any: [{incident.share: ..0.5}, {incident.share: 0.5..}]}",),
    ),
)
WIDER_EFFECTS = (
    ("offer: pay", "offer: [pay, send]"),
    ("offer: sorry", "offer: sorry"),
    ("offer: {pay: {value: 6.00}}", "offer: {pay: {value: 8.00}}"),
    ("entitle: pay", "entitle: [pay, send]"),
    ("forbid: gift", "forbid: {part: perk}"),
    ("ask_approval: {of: pay, by: lead}", "ask_approval: {of: {part: fix}, by: lead}"),
    ("todo: [call]", "todo: [write, call]"),
    ("hand_over: desk", "hand_over: desk"),
)


def _forbidden(chance: Chance, draft: Draft, name: str) -> None:
    narrow, broad = chance.pick(NARROWER)
    kind, forbids = chance.pick(
        (
            ("gift", "forbid: gift"),
            ("pay", "forbid: {part: fix}"),
            ("sorry", "forbid: [sorry, next]"),
        )
    )
    draft.add(f"{name}.offer", *narrow, f"offer: {{{kind}: {{cost: 2.00}}}}")
    draft.add(f"{name}.forbid", *broad, forbids)
    draft.expect("always-forbidden", f"`{name}.offer`", f"`{kind}`")


def _never_offered(chance: Chance, draft: Draft, name: str) -> None:
    needs = chance.pick(("", "needs: {customer.risk_flag: true}, "))
    draft.remedies.append(
        f"  {name}_kind: {{part: perk, title: X, {needs}gives: money_later, value: 1.00, say: X.}}"
    )
    if needs:
        draft.add(f"{name}.stuck", "when: {customer.risk_flag: false}", f"offer: {name}_kind")
    draft.expect("never-offered", f"`{name}_kind`")


def _unused(chance: Chance, draft: Draft, name: str) -> None:
    if flag(chance):
        draft.params.append(f"  {name}_param: {{value: 77, why: house rule}}")
        draft.define.append(f"  {name}_define: {{incident.days_late: {name}_param..}}")
        draft.expect("unused-name", f"`{name}_param`")
    else:
        draft.define.append(f"  {name}_define: {{loyal: true}}")
    draft.expect("unused-name", f"`{name}_define`")


def _not_covered(_: Chance, draft: Draft, name: str) -> None:
    # No other rule offers an explanation.
    draft.add(f"{name}.next", "when: {incident.kind: {not: service_failure}}", "offer: next")
    draft.covers = "explanation"
    draft.expect("not-covered", "an explanation")


def _gap(chance: Chance, draft: Draft, name: str) -> None:
    low, high = chance.pick(
        (
            ("incident.cause_confidence: ..<0.5", "incident.cause_confidence: 0.5<.."),
            ("incident.hours_spent: ..<7", "incident.hours_spent: 7<.."),
            ("case.contacts: ..<6", "case.contacts: 6<.."),
            ("customer.predicted_ltv: ..<60.00", "customer.predicted_ltv: 60.00<.."),
        )
    )
    effect = f"todo: [{name}_low]", f"todo: [{name}_high]"
    rest = ", order.colour: " + name
    draft.add(f"{name}.low", f"when: {{{low}{rest}}}", effect[0])
    draft.add(f"{name}.high", f"when: {{{high}{rest}}}", effect[1])
    draft.expect("gap-at-threshold", f"`{name}.low`", f"`{name}.high`")


PLANTERS: tuple[Callable[[Chance, Draft, str], None], ...] = (
    _never,
    _duplicate,
    _implied,
    _forbidden,
    _never_offered,
    _unused,
    _gap,
    _not_covered,
)

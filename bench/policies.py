"""Policies of any size and incidents that meet them: what every measurement of this folder reads.

The same arguments give the same texts, always. A policy is `base.yaml` (facts, numbers, catalogue
and ten broad rules, written by hand) and as many drawn rules as are asked for, in two families:

- *matches held constant*: a drawn rule is about one cell of the shop (a kind of incident, a
  category of goods, a carrier or channel or region, and some ranges), as large policies are. An
  incident meets about one in several thousand of them, so the number of rules that match stays
  about the same from 10 rules to 10,000.
- *growing along*: a drawn rule is broad, and about one in fifteen matches.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import yaml

from remedykit import Policy
from remedykit.model.words import INCIDENT_KINDS

SEED = 20261101
BASE = Path(__file__).with_name("base.yaml")
BROAD_RULES = 10  # in base.yaml
RULES_A_FILE = 1_000  # keeps a file well below the loader's 1 MiB
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

CATEGORY = "order.category"
PLACES = ("order.channel", "order.region", "incident.carrier", "customer.segment")
# Tests that about half of all incidents pass.
MEASURES: Mapping[str, tuple[str, ...]] = {
    "incident.value_affected": ("10.00..", "25.00..<250.00", "..80.00", "60.00<.."),
    "incident.days_late": ("1..", "late_after_days..", "..4", "3..10"),
    "incident.severity": ("[minor, moderate]", "[major, critical]", "{not: minor}"),
    "incident.locus": ("[merchant, carrier]", "{not: [customer, supplier]}"),
    "incident.desired": ("goods", "money"),
    "incident.usable": ("true", "false"),
    "incident.functional_impact": ("..0.5", "0.25<..", "0.5.."),
    "incident.hours_spent": ("1..", "..<2.5"),
    "incident.trips": ("1..", "0"),
    "incident.recurrence": ("0", "1.."),
    "incident.evidence": ("photo", "{not: video}", "[photo, video]"),
    "incident.cause_confidence": ("sure_enough..", "..<sure_enough"),
    "incident.replacement_in_stock": ("true", "false"),
    "order.total": ("100.00..", "..<200.00", "50.00..500.00"),
    "order.shipping_paid": ("0<..", "0", "..5.00"),
    "order.tags": ("gift", "{not: [bulky, fragile]}", "[gift, preorder]"),
    "customer.tier": ("[gold, platinum, vip]", "[standard, bronze]", "{not: standard}"),
    "customer.tenure_years": ("loyal_after_years..", "..<2", "0.5..6"),
    "customer.orders_12m": ("4..", "..<8", "[0, 5..]"),
    "customer.incidents_12m": ("0", "1..", "..2"),
    "customer.predicted_ltv": ("150.00..", "..<400.00"),
    "case.contacts": ("1..", "..1"),
    "valuable": ("true", "false"),
    "serious": ("true", "false"),
}
COMPARISONS = (
    "incident.value_affected <= 0.5 * order.total",
    "loss > 0.25 * order.paid",
    "order.total - order.refunded >= 80.00",
    "incident.out_of_pocket + incident.trips * trip_cost > 8.00",
    "incident.part_cost < 0.25 * incident.value_affected",
    "incident.return_cost > 0.25 * incident.value_affected",
    "thanks >= 5.00",
    "customer.predicted_ltv > order.total",
)
EXCEPTIONS = (
    "customer.risk_flag: true",
    "order.chargeback: true",
    "incident.final_sale: true",
    "incident.self_repaired: true",
    "day_has_passed: true",
)


@dataclass(frozen=True, slots=True)
class _Shop:
    """The words that rules and incidents draw from, as `base.yaml` declares them."""

    facts: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]
    goods: tuple[str, ...]
    money: tuple[str, ...]
    perks: tuple[str, ...]

    @classmethod
    def of_base(cls) -> _Shop:
        base = yaml.safe_load(BASE.read_text(encoding="utf-8"))
        facts = {name: tuple(fact.get("values", ())) for name, fact in base["facts"].items()}

        def kinds(part: str, *, money: bool = False) -> tuple[str, ...]:
            return tuple(
                name
                for name, kind in base["remedies"].items()
                if kind["part"] == part and kind.get("gives", "").startswith("money") is money
            )

        return cls(
            facts,
            words=kinds("apology") + kinds("explanation"),
            goods=kinds("fix"),
            money=kinds("fix", money=True),
            perks=kinds("perk", money=True) + kinds("perk"),
        )


# --- policies ----------------------------------------------------------------------------------


def policy_text(rules: int, *, seed: int = SEED, growing: bool = False) -> dict[str, str]:
    """Return the files of a policy by name.

    Args:
        rules: how many rules it has, at least the ten of `base.yaml`.
        seed: other seeds give other rules; a smaller policy's rules are also in the larger one.
        growing: whether the rules that match grow along with the rules.

    Raises:
        ValueError: if there are fewer rules than `base.yaml` has.
    """
    if rules < BROAD_RULES:
        raise ValueError(f"rules={rules}; base.yaml alone has {BROAD_RULES}")
    draw = Random(f"{seed} {growing}")  # noqa: S311 - draws for a measurement, no secret
    shop = _Shop.of_base()
    files = {"base.yaml": BASE.read_text(encoding="utf-8")}
    numbers = range(BROAD_RULES + 1, rules + 1)
    for begin in range(0, len(numbers), RULES_A_FILE):
        some = numbers[begin : begin + RULES_A_FILE]
        lines = [line for number in some for line in _rule(draw, shop, number, growing=growing)]
        files[f"rules-{some[0]:05}.yaml"] = "\n".join(["rules:", *lines, ""])
    return files


def load(files: Mapping[str, str]) -> Policy:
    """Return the policy of some files, read from a folder as a platform does it."""
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return Policy.load(folder)


def _rule(draw: Random, shop: _Shop, number: int, *, growing: bool) -> Iterator[str]:
    """Yield the lines of one rule: four or five tests, some with more beside, and one effect."""
    measures = draw.sample(sorted(MEASURES), 5)
    when = list(_broad(draw, shop) if growing else _cell(draw, shop))
    while len(when) < 4 or (len(when) < 5 and draw.random() < 0.5):
        when.append(_measure(draw, measures.pop()))
    if draw.random() < 0.15:
        either, other = _measure(draw, measures.pop()), _measure(draw, measures.pop())
        when.append(f"any: [{{{either}}}, {{{other}}}]")
    effect, about_remedy = _effect(draw, shop)
    yield f"  - id: drawn.r{number}"
    yield "    when:"
    yield from (f"      {test}" for test in when + about_remedy)
    if draw.random() < 0.10:
        yield f"    where: {draw.choice(COMPARISONS)}"
    if draw.random() < 0.15:
        yield f"    unless: {{{draw.choice(EXCEPTIONS)}}}"
    yield f"    {effect}"
    yield f"    because: House rule {number}, as agreed with the desk that it is about."


def _cell(draw: Random, shop: _Shop) -> Iterator[str]:
    """Yield the tests that make a rule one of thousands: kind, category, and one or two places."""
    kinds = draw.choices((1, 2, 0), (92, 5, 3))[0]
    if kinds:
        yield f"incident.kind: {_one_of(draw, INCIDENT_KINDS, kinds)}"
    yield f"{CATEGORY}: {draw.choice(shop.facts[CATEGORY])}"
    for place in draw.sample(PLACES, draw.randint(1, 2) if kinds else 2):
        yield f"{place}: {_one_of(draw, shop.facts[place], 1 if draw.random() < 0.8 else 2)}"


def _broad(draw: Random, shop: _Shop) -> Iterator[str]:
    """Yield two tests that a quarter of all incidents pass."""
    yield f"incident.kind: {_one_of(draw, INCIDENT_KINDS, 5)}"
    place = draw.choice(PLACES)
    yield f"{place}: {{not: {draw.choice(shop.facts[place])}}}"


def _measure(draw: Random, fact: str) -> str:
    return f"{fact}: {draw.choice(MEASURES[fact])}"


def _one_of(draw: Random, words: tuple[str, ...], count: int) -> str:
    chosen = draw.sample(words, count)
    return chosen[0] if count == 1 else f"[{', '.join(chosen)}]"


def _effect(draw: Random, shop: _Shop) -> tuple[str, list[str]]:
    """Return an effect, and the tests on the remedy at hand that go with it."""
    sort = draw.choices(
        ("offer", "better", "adjust", "todo", "approval", "forbid", "entitle", "hand_over"),
        (45, 17, 14, 8, 6, 3, 4, 3),
    )[0]
    match sort:
        case "offer":
            kinds = [draw.choice(shop.words), draw.choice(_gifts(shop))]
            return f"offer: [{', '.join(kinds)}]", []
        case "better":
            most = f"{draw.randint(5, 60)}.00"
            terms = f'value: "min(refundable, {most})", cost: "min(refundable, {most})"'
            return f"offer: {{{draw.choice(shop.money)}: {{{terms}}}}}", []
        case "adjust":
            points = draw.choice((-12, -5, 3, 8, 15))
            return f"adjust: {{of: {draw.choice(_gifts(shop))}, points: {points}}}", []
        case "todo":
            return f"todo: [ask_the_{draw.choice(shop.facts[CATEGORY])}_desk]", []
        case "approval":
            desk = draw.choice(("team_lead", "fraud_desk", "finance"))
            tests = [f"remedy.value: {draw.randint(5, 40)}0.00<.."]
            return f"ask_approval: {{of: any, by: {desk}}}", tests
        case "forbid":
            return f"forbid: {draw.choice(shop.perks)}", []
        case "entitle":
            return "entitle: {full_refund: {due: at + days(7)}}", []
        case _:
            return f"hand_over: {draw.choice(shop.facts[CATEGORY])}_desk", []


def _gifts(shop: _Shop) -> tuple[str, ...]:
    return shop.goods + shop.money + shop.perks


# --- incidents ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a platform hands in: two JSON texts, the shop's own facts, and the moment."""

    incident: str
    customer: str
    own: Mapping[str, str | list[str]]
    at: datetime = NOW


def incidents(count: int, *, seed: int = SEED, known: bool = False) -> tuple[Drawn, ...]:
    """Return incidents with their customers.

    Args:
        count: how many.
        seed: other seeds give other incidents.
        known: whether every fact that rules compare is told. Otherwise about one in eight is not,
            as from a shop's systems.
    """
    draw = Random(f"{seed} {known}")  # noqa: S311 - draws for a measurement, no secret
    shop, teller = _Shop.of_base(), _Teller(draw, known=known)
    return tuple(_drawn(teller, shop, number) for number in range(count))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Draws, and sometimes does not tell."""

    draw: Random
    known: bool

    def told(self, **fields: object) -> dict[str, object]:
        """Return the fields but for those that nobody tells this time."""
        return {
            name: value
            for name, value in fields.items()
            if self.known or self.draw.random() > 0.125
        }

    def money(self, least: int, most: int) -> str:
        """Return an amount of whole quarters of a dollar."""
        return f"{self.draw.randint(4 * least, 4 * most) / 4:.2f}"

    def half(self, most: int) -> str:
        """Return a number of whole halves."""
        return f"{self.draw.randint(0, 2 * most) / 2}"

    def yes(self, share: float) -> bool:
        """Return true in a share of all cases."""
        return self.draw.random() < share


def _drawn(teller: _Teller, shop: _Shop, number: int) -> Drawn:
    incident = _incident(teller, number)
    own: dict[str, str | list[str]] = {
        CATEGORY: teller.draw.choice(shop.facts[CATEGORY]),
        "order.tags": teller.draw.sample(shop.facts["order.tags"], 1),
    }
    for place in PLACES:
        if teller.known or teller.yes(0.9):
            own[place] = teller.draw.choice(shop.facts[place])
    customer = _customer(teller, number)
    return Drawn(incident=json.dumps(incident), customer=json.dumps(customer), own=own)


def _incident(teller: _Teller, number: int) -> dict[str, object]:
    draw = teller.draw
    order = _order(teller, number)
    lines = order["lines"]
    assert isinstance(lines, list)  # noqa: S101 - tells mypy what _order returns
    promised = NOW - timedelta(days=draw.randint(0, 9), hours=6)
    arrived = promised + timedelta(days=draw.randint(0, 4), hours=1)
    return {
        "id": f"I-{number}",
        "kind": draw.choice(INCIDENT_KINDS),
        "order": order,
        "affected": [str(line) for line in range(1, 1 + draw.randint(1, min(2, len(lines))))],
        "out_of_pocket": draw.choice(("0.00", "0.00", "0.00", teller.money(1, 40))),
        "trips": draw.choice((0, 0, 0, 1, 2)),
        "self_repaired": teller.yes(0.05),
        "needs_specialist": teller.yes(0.1),
        "evidence": draw.sample(("photo", "video", "receipt"), draw.randint(0, 2)),
        "promised_by": promised.isoformat(),
        **({"delivered_at": arrived.isoformat()} if arrived < NOW and teller.yes(0.6) else {}),
        **teller.told(
            severity=draw.choice(("minor", "moderate", "moderate", "major", "critical")),
            functional_impact=draw.choice(("0", "0.25", "0.5", "0.75", "1")),
            locus=draw.choice(("merchant", "carrier", "carrier", "supplier", "customer")),
            recurrence=draw.choice((0, 0, 1)),
            cause_code=draw.choice(("mispick", "address", "damage", "stock")),
            cause_confidence=draw.choice(("0.25", "0.5", "0.75", "1")),
            detected_by=draw.choice(("customer", "customer", "carrier", "system")),
            needed_by=(NOW + timedelta(days=draw.randint(-5, 9))).isoformat(),
            carrier_scanned=teller.yes(0.6),
            packaging_kept=teller.yes(0.8),
            usable=teller.yes(0.6),
            hours_spent=teller.half(4),
            desired=draw.choice(("goods", "money")),
        ),
    }


def _order(teller: _Teller, number: int) -> dict[str, object]:
    lines = [_line(teller, str(line)) for line in range(1, 1 + teller.draw.randint(2, 5))]
    return {
        "id": f"A-{number}",
        "currency": "USD",
        "lines": lines,
        "refunded": "5.00" if teller.yes(0.1) else "0.00",
        "chargeback": teller.yes(0.03),
        "placed_at": (NOW - timedelta(days=20)).isoformat(),
        "country": "US",
        **teller.told(
            sold_by="merchant" if teller.yes(0.8) else "marketplace_seller",
            shipping_paid=teller.draw.choice(("0.00", "4.50", "9.00")),
        ),
    }


def _line(teller: _Teller, line: str) -> dict[str, object]:
    return {
        "id": line,
        "title": f"Article {line}",
        "sku": f"SKU-{teller.draw.randint(1, 9_999)}",
        "quantity": teller.draw.choice((1, 1, 1, 2)),
        "price": teller.money(5, 150),
        "unit_cost": teller.money(2, 60),
        "final_sale": teller.yes(0.05),
        "hazardous": teller.yes(0.03),
        **teller.told(
            stock=teller.draw.choice((0, 2, 9)),
            part_available=teller.yes(0.5),
            part_cost=teller.money(1, 9),
            return_cost=teller.money(3, 25),
        ),
    }


def _customer(teller: _Teller, number: int) -> dict[str, object]:
    draw = teller.draw
    return {
        "id": f"C-{number}",
        "name": f"Customer {number}",
        "goodwill_12m": draw.choice(("0.00", "0.00", "12.50")),
        "risk_flag": teller.yes(0.04),
        "country": "US",
        "locale": "en-US",
        **teller.told(
            tier=draw.choice(("standard", "standard", "bronze", "silver", "gold", "vip")),
            tenure_years=teller.half(8),
            orders_12m=draw.randint(0, 12),
            incidents_12m=draw.choice((0, 0, 1, 3)),
            claims_12m=draw.choice((0, 0, 1)),
            predicted_ltv=teller.money(20, 800),
            marketing_consent=teller.yes(0.7),
            preferred_channel="email",
        ),
    }

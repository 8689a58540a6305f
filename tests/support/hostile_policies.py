"""Policies that are meant to do harm; run as a script it loads them all and prints what it took."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from remedykit import Policy, PolicyError
from support.hostile_files import MIB, outcomes
from support.measuring import peak_megabytes

HEADER = 'policy: p\nversion: "1"\ncurrencies: [USD]\n'
KIND = "remedies:\n  r: {part: perk, title: R, gives: money_now, value: order.total, say: hi}\n"
INCIDENT = {
    "kind": "damaged",
    "days_late": 3,
    "order": {"id": "1", "currency": "USD", "total": "64.00"},
}


def many(count: int, made: Callable[[int], str]) -> str:
    """Return so many lines or words, each made from its number."""
    return "".join(made(number) for number in range(count))


def rules(*written: str) -> str:
    """Return a policy with a remedy kind and such rules."""
    return HEADER + KIND + "rules:\n" + "".join(f"  - {{{rule}}}\n" for rule in written)


def cell(text: str) -> str:
    """Return a policy with one test on a number."""
    return rules(f"id: a, when: {{incident.days_late: {text}}}, offer: r")


def where(expression: str) -> str:
    """Return a policy with one expression."""
    return HEADER + KIND + f"rules:\n  - id: a\n    where: {expression}\n    offer: r\n"


def doubling(first: str, made: Callable[[int], str]) -> str:
    """Return a policy with 31 defines, each of which reads the one before it twice."""
    defines = many(30, lambda each: f"  d{each + 1}: {made(each)}\n")
    return (
        f"{rules('id: a, when: {d30: {known: true}}, offer: r')}define:\n  d0: {first}\n{defines}"
    )


# --- refused -----------------------------------------------------------------------------------

REFUSED: dict[str, Callable[[], str]] = {
    "50,000 unknown keys": lambda: HEADER + many(50_000, lambda each: f"k{each}: 1\n"),
    "50,000 unknown keys of a rule": lambda: (
        rules() + "  - id: a\n" + many(50_000, lambda each: f"    k{each}: 1\n")
    ),
    "5,000 rules with faults": lambda: rules(
        *(f"id: r{each}, when: {{a.b: 1}}, offer: r" for each in range(5_000))
    ),
    "20,000 rules of one id": lambda: rules(*["id: a, offer: r"] * 20_000),
    "an expression of 1 MiB": lambda: where("1" + " + 1" * (MIB // 4 - 100) + " > 2"),
    "2,000 brackets": lambda: where("(" * 1_999 + "1"),
    "1,900 minus signs": lambda: where("-" * 1_900 + "1 < 2"),
    "480 times not": lambda: where("not " * 480 + "customer.risk_flag"),
    "a name of 1,000 words": lambda: where("a." * 999 + "a"),
    "a cell of 1,000,000 digits": lambda: cell("9" * 1_000_000),
    "a cell of nearly digits": lambda: cell("9" * 1_000_000 + "!"),
    "a cell of dots": lambda: cell("." * 1_000_000 + "<"),
    "a cell of ranges": lambda: cell("'" + "1..<" * 250_000 + "'"),
    "a chain of 10,000 defines": lambda: (
        HEADER + "define:\n" + many(10_000, lambda each: f"  d{each}: d{each + 1} + 1\n")
    ),
    "a circle of 10,000 defines": lambda: (
        HEADER + "define:\n" + many(10_000, lambda each: f"  d{each}: d{(each + 1) % 10_000}\n")
    ),
    "10,000 defines that read themselves": lambda: (
        HEADER + "define:\n" + many(10_000, lambda each: f"  d{each}: d{each} + 1\n")
    ),
    "5,000 params, and 99 names nearly theirs": lambda: (
        HEADER
        + "params:\n"
        + many(5_000, lambda each: f"  param_number_{each}: {{value: {each}, why: x}}\n")
        + "define:\n"
        + many(99, lambda each: f"  d{each}: parma_nubmer_x{each} + 1\n")
    ),
    "a text of 1 MiB": lambda: HEADER + KIND.replace("hi", "x" * 1_000_000),
    "a text of braces": lambda: HEADER + KIND.replace("hi", f'"{"{" * 1_000_000}"'),
    "an id of 1 MiB": lambda: rules(f"id: '{'a' * 1_000_000}', offer: r"),
    "50,000 equal offers": lambda: rules(f"id: a, offer: [{'r, ' * 50_000}r]"),
    "50,000 unknown offers": lambda: rules(
        f"id: a, offer: [{many(50_000, lambda each: f'k{each}, ')}r]"
    ),
    "4,000 fixes without a group": lambda: (
        HEADER
        + "remedies:\n"
        + many(
            4_000,
            lambda each: (
                f"  k{each}: {{part: fix, title: R, gives: money_now, value: 1, say: hi}}\n"
            ),
        )
        + f"rules:\n  - {{id: a, offer: [{many(4_000, lambda each: f'k{each}, ')}]}}\n"
    ),
    "50,000 unknown currencies": lambda: HEADER.replace(
        "USD", many(50_000, lambda each: f"X{each}, ")
    ),
    "a time zone of 1 MiB": lambda: f"{HEADER}timezone: {'A/' * 400_000}\n",
    "a time zone that leaves the folder": lambda: f"{HEADER}timezone: ../../../etc/passwd\n",
    "a time zone that is a file": lambda: f"{HEADER}timezone: /etc/passwd\n",
    "50,000 unknown weights": lambda: (
        f"{HEADER}ranking: {{weights: {{{many(50_000, lambda each: f'k{each}: 1, ')}}}}}\n"
    ),
}

# --- fine, and no slower for it ----------------------------------------------------------------

FINE: dict[str, Callable[[], str]] = {
    "numbers that square each other": lambda: doubling(
        "999999999999999999 * 999999999999999999", lambda each: f"d{each} * d{each}"
    ),
    "fractions that square each other": lambda: doubling(
        "7 / 3", lambda each: f"d{each} * d{each}"
    ),
    "sums that double": lambda: doubling("order.total", lambda each: f"d{each} + d{each}"),
    "conditions that double": lambda: doubling(
        "{order.chargeback: true}", lambda each: f"d{each} and not d{each}"
    ),
    "alternatives that double": lambda: doubling(
        "{order.chargeback: true}", lambda each: f"{{any: [{{d{each}: true}}, {{d{each}: false}}]}}"
    ),
    "cases that double": lambda: doubling(
        "order.total",
        lambda each: f"{{first: [{{when: {{d{each}: 1..}}, value: d{each}}}], else: d{each}}}",
    ),
    "a text that prints sums that double": lambda: doubling(
        "order.total", lambda each: f"d{each} + d{each}"
    ).replace("say: hi", 'say: "{d30}"'),
    "10,000 guarded words and 50 long texts": lambda: (
        HEADER
        + "guarded_words:\n"
        + many(10_000, lambda each: f"  w{each}: incident.usable\n")
        + "remedies:\n"
        + many(
            50,
            lambda each: (
                f"  k{each}: {{part: perk, title: R, gives: money_now, value: 1,"
                f" say: {'x ' * 2_400}}}\n"
            ),
        )
    ),
}


def load(text: str) -> str:
    """Return the first line of what is said about a policy; of a fine one, decide and tell why."""
    try:
        policy = Policy.from_text(text)
    except PolicyError as error:
        return str(error)
    decision = policy.decide(INCIDENT, {})
    return f"fine: {len(decision.to_json() + str(policy.why(decision)))}"


def main() -> None:
    """Load all policies; print time and outcome of each, and the memory of all in MB."""
    found = outcomes(load, REFUSED | FINE)
    sys.stdout.write(json.dumps({"outcomes": found, "memory": peak_megabytes()}))


if __name__ == "__main__":
    main()

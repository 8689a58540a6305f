"""The facts that random policies read, and the few values that they take.

Small pools, so that ties happen, and values at the very boundaries of the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit.facts.values import Facts, Offered
from remedykit.language.types import (
    BOOL,
    DATE,
    DURATION,
    INT,
    MONEY,
    NUMBER,
    TEXT,
    TEXTS,
    TIME,
    FactDeclaration,
    FactType,
    Value,
)
from support.build import NOON, calendar, param
from support.chances import Chance, flag

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WORDS = ("new", "gold", "vip")
AMOUNTS = (0, 500, 1000, 2500)
# In New York the clocks go back at 6:00 UTC of 1 November, and forward at 7:00 of 8 March.
BACK = datetime(2026, 10, 31, 6, 30, tzinfo=UTC)
FORWARD = datetime(2026, 3, 7, 7, 30, tzinfo=UTC)

# Every fact that may be unknown, with its type and the values that it takes.
POOLS: Mapping[str, tuple[FactType, tuple[Value, ...]]] = {
    "at": (TIME, (NOON, NOON + DAY, NOON + 3 * DAY)),
    "customer.tags": (TEXTS, ((), ("gold",), ("new", "vip"))),
    "customer.tier": (TEXT, (*WORDS, "bronze")),
    "incident.cause_code": (TEXT, ("gold", "other", "vip")),
    "incident.days_late": (INT, (0, 1, 2, 3)),
    "incident.out_of_pocket": (MONEY, AMOUNTS),
    "incident.promised_by": (TIME, (NOON - DAY, NOON, NOON + DAY)),
    "incident.scanned": (BOOL, (True, False)),
    "incident.share": (NUMBER, (Fraction(1, 3), Fraction(1, 2), 1, -2)),
    "incident.waited": (DURATION, (timedelta(0), HOUR, DAY, -DAY)),
    "order.gift_by": (DATE, (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24))),
    "order.paid": (MONEY, (1000, 2500, 9000)),
    "order.placed_at": (TIME, (BACK, BACK - HOUR, FORWARD)),
    "order.refunded": (MONEY, (0, 500)),
}
# What absence has a meaning for: never unknown.
DEFAULTED: Mapping[str, tuple[FactType, tuple[Value, ...]]] = {
    "customer.risk_flag": (BOOL, (False, True)),
    "incident.evidence": (TEXTS, ((), ("new",), ("gold", "gold", "vip"))),
}
EVERY_POOL = {**POOLS, **DEFAULTED}
# What tests and expressions compare with, by type: values of the facts, between them, beyond them.
CONSTANTS: Mapping[FactType, tuple[Value, ...]] = {
    BOOL: (True, False),
    DATE: POOLS["order.gift_by"][1],
    DURATION: (HOUR, DAY, -HOUR, timedelta(0)),
    INT: (2, 0, 1, 3, -1, 7),
    MONEY: (500, 0, 1000, 2500, Fraction(2501, 2), -500),
    NUMBER: (Fraction(1, 2), 2, Fraction(1, 3), 0, 1, -2),
    TEXT: WORDS,
    TEXTS: (("new", "vip"), ("gold",), ("gold", "new", "vip"), ("other",)),
    TIME: (NOON, NOON + DAY, NOON - HOUR, BACK, FORWARD + DAY),
}
PARAMS = (
    param("closing", NOON, TIME),
    param("eve", date(2026, 11, 23), DATE),
    param("freight", None, MONEY, by_currency={"EUR": 2500, "USD": 1000}),
    param("lost_after", 2),
    param("patience", DAY, DURATION),
    param("regions", ("new", "gold"), TEXTS),
    param("small", None, MONEY, by_currency={"USD": 500}),
    param("third", Fraction(1, 3), NUMBER),
)
# The same names without a currency.
PARAMS_OF_ONE_CURRENCY = tuple(
    param(item.name, dict(item.by_currency)["USD"], MONEY) if item.by_currency else item
    for item in PARAMS
)
SCHEMA = tuple(
    FactDeclaration(
        name=name, type=of, means=name, default=values[0] if name in DEFAULTED else None
    )
    for name, (of, values) in sorted(EVERY_POOL.items())
)
# Of the times above some stand at the ends of these, some beyond; some on weekends and holidays.
CALENDARS = (
    calendar(
        "carrier",
        date(2026, 10, 30),
        date(2026, 11, 25),
        weekend=(6,),
        holidays=(date(2026, 11, 23),),
    ),
    calendar(
        "shop",
        date(2026, 3, 6),
        date(2026, 12, 31),
        holidays=(date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 25)),
    ),
)
KINDS = ("credit", "gift", "refund", "reship", "sorry")
CURRENCIES = ("USD", "USD", "EUR")
ALL_CURRENCIES = (*CURRENCIES, "EUR", "JPY")  # in one of them no param has an amount


def facts() -> st.SearchStrategy[Facts]:
    """Return facts from the pools; each that has no default may be unknown."""
    return st.builds(
        Facts,
        st.fixed_dictionaries(
            {
                **{name: st.sampled_from((*pool, None)) for name, (_, pool) in POOLS.items()},
                **{name: st.sampled_from(pool) for name, (_, pool) in DEFAULTED.items()},
            }
        ),
        st.sampled_from(CURRENCIES),
        st.lists(
            st.builds(
                Offered,
                st.sampled_from(KINDS),
                st.sampled_from((None, *AMOUNTS)),
                st.sampled_from(("refused", "accepted")),
            ),
            max_size=2,
        ).map(tuple),
    )


_OPTIONS = {
    **{name: (*pool, None) for name, (_, pool) in POOLS.items()},
    **{name: pool for name, (_, pool) in DEFAULTED.items()},
}
_MOSTLY_KNOWN = {
    name: pool * 4 + (None,) * (name in POOLS) for name, (_, pool) in EVERY_POOL.items()
}


def some_facts(chance: Chance) -> Facts:
    """Return facts from the pools as `facts` does, without offers; half the time most are known.

    A fact that is unknown is told as ``None`` or, now and then, not told.
    """
    options = _MOSTLY_KNOWN if flag(chance) else _OPTIONS
    values = {name: chance.pick(pool) for name, pool in options.items()}
    if flag(chance, one_in=8):
        values = {name: value for name, value in values.items() if value is not None}
    return Facts(values, chance.pick(ALL_CURRENCIES))


def each_hidden(known: Facts) -> Iterator[Facts]:
    """Yield the same facts with one of the known ones hidden that have no default, each in turn."""
    for name in POOLS:
        if known.values[name] is not None:
            yield Facts({**known.values, name: None}, known.currency, known.offers)


@st.composite
def hidden(draw: DrawFn, known: Facts) -> Facts:
    """Return the same facts with some of those hidden that have no default."""
    names = draw(st.sets(st.sampled_from(sorted(POOLS)), min_size=1, max_size=6))
    values = {name: None if name in names else value for name, value in known.values.items()}
    return Facts(values, known.currency, known.offers)

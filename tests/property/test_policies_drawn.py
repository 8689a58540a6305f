"""Random policies have every construct of the language, often enough to find what is wrong."""

from collections import Counter
from typing import get_args

from remedykit.language import syntax
from remedykit.language.types import ORDERED, Base
from support.chances import Rolled
from support.constructs import constructs
from support.expressions import OPS
from support.policies import some_policy

POLICIES = 350
LEAST = 10  # times in that many policies


def _demanded() -> frozenset[str]:
    nodes = {node.__name__ for node in get_args(syntax.Expression) if node is not syntax.RemedyRead}
    tests = [test.__name__ for test in get_args(syntax.Test)]
    combining = ("OneOf", "AllOf", "NotTest")
    bases = [base for base in Base if base is not Base.TEXTS]
    sums = ("money", "number")
    return frozenset(
        {
            *nodes,
            *(f"{test} alone" for test in tests),
            *(f"{test} in {outer}" for test in tests for outer in combining),
            *(f"Between {low}{high}" for low in ("", ">", ">=") for high in ("", "<", "<=")),
            *("end Constant", "end ParamRead", "EqualTo Constant", "EqualTo ParamRead"),
            *("KnownTest True", "KnownTest False", "IsKnown FactRead", "IsKnown DefineRead"),
            *(f"test on fact of {base}" for base in Base),
            *(f"test on define of {base}" for base in bases),
            *("empty And", "empty Or", "In Constant", "In FactRead", "In ParamRead"),
            *(f"Compare {op}" for op in OPS),
            *(f"Arithmetic {op} of {of}" for op in ("+", "-", "*", "/") for of in sums),
            *(f"Arithmetic {op} of {of}" for op in ("+", "-") for of in ("time", "duration")),
            *(f"Extreme {op} of {of}" for op in ("min", "max") for of in (*sums, "time")),
            *("Rounded up", "Rounded down"),
            *(f"Shifted {unit} {sign}" for unit in get_args(syntax.TimeUnit) for sign in (1, -1)),
            *(f"Cases {op}" for op in ("first", "unique", "sum", "max", "min", "count")),
            *(f"Cases {op} without else" for op in ("unique", "sum", "max", "min", "count")),
            *(f"Cases of {base}" for base in bases),
        }
        - {"Between "}
    )


def test_every_construct_is_drawn_often() -> None:
    found = Counter[str]()
    for seed in range(POLICIES):
        found.update(constructs(some_policy(Rolled(seed))))

    assert {name: found[name] for name in _demanded() if found[name] < LEAST} == {}


def test_every_type_with_an_order_is_compared() -> None:
    found = Counter[str]()
    for seed in range(POLICIES):
        found.update(constructs(some_policy(Rolled(seed))))

    assert all(found[f"Compare {base}"] >= LEAST for base in ORDERED - {Base.INT})


def test_no_test_asks_whether_something_is_known_where_none_may() -> None:
    for seed in range(POLICIES):
        drawn = constructs(some_policy(Rolled(seed), known=False))
        assert drawn["KnownTest"] == drawn["IsKnown"] == 0

"""The goals of the project for speed, each in one line, and whether a run met them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.contenders import CEL, IFS_BY_KIND, ZEN, ZEN_TABLE

Results = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What was promised, and what was measured.

    Attributes:
        what: the goal in words, without its number.
        bound: the number.
        at_least: whether more is better.
        measured: what the run gave; ``None`` if it did not measure it.
        unit: of both numbers; ``x`` for a ratio.
    """

    what: str
    bound: float
    measured: float | None
    at_least: bool = False
    unit: str = "x"

    @property
    def met(self) -> bool | None:
        """Whether it was met; ``None`` if it was not measured."""
        if self.measured is None:
            return None
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    @property
    def words(self) -> str:
        """Return the bound in words."""
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g} {self.unit}"

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "what": self.what,
            "bound": self.words,
            "measured": self.measured,
            "unit": self.unit,
            "met": self.met,
        }


def goals(results: Results) -> list[Goal]:
    """Return all goals with what a run measured."""
    return [*_matching(results), *_deciding(results), *_loading(results)]


def _matching(results: Results) -> Iterator[Goal]:
    for name, bound in ((ZEN, 100), (ZEN_TABLE, 100), (CEL, 50)):
        yield Goal(
            what=f"matching at 1000 rules: faster than {name}",
            bound=bound,
            at_least=True,
            measured=_took(results, 1000, name, known=True),
        )
    for rules, bound in ((1000, 2), (100, 4)):
        took = _took(results, rules, IFS_BY_KIND, known=False)
        yield Goal(
            what=f"matching at {rules} rules: cost of the ifs by kind",
            bound=bound,
            measured=None if not took else round(1 / took, 2),
        )
    yield Goal(
        what="matching at 10,000 rules, matches held constant: cost at 100",
        bound=3,
        measured=results["deciding"]["growth"].get("matching 10000"),
    )


def _deciding(results: Results) -> Iterator[Goal]:
    parts, growth = results["deciding"]["parts"], results["deciding"]["growth"]
    yield Goal(
        what="whole decision at 100 rules: cost of validating the input from JSON",
        bound=3,
        measured=parts.get("decide 100", {}).get("ratio"),
    )
    yield Goal(
        what="whole decision at 1000 rules, matches held constant: cost at 100",
        bound=2,
        measured=growth.get("decide 1000"),
    )


def _loading(results: Results) -> Iterator[Goal]:
    loading = results["loading"]
    parts = loading["parts"] if loading["rules"] == 1000 else {}
    whole = parts.get("whole load", {})
    again = parts.get("load again from the cache", {})
    yield Goal(
        what="loading 1000 rules: time in which PyYAML's C parser composes them",
        bound=4,
        measured=whole.get("ratio"),
    )
    yield Goal(
        what="index of 1000 rules: memory",
        bound=2048,
        unit="KiB",
        measured=results["index_kib"].get("1000"),
    )
    yield Goal(
        what="index of 1000 rules: time to build it",
        bound=50,
        unit="ms",
        measured=parts.get("build the index", {}).get("milliseconds"),
    )
    yield Goal(
        what="second load of 1000 rules, from the cache: time of the first",
        bound=0.2,
        measured=round(again["ratio"] / whole["ratio"], 2) if again else None,
    )


def _compared(results: Results, rules: int, *, known: bool) -> Mapping[str, Any]:
    found: list[Mapping[str, Any]] = [
        each["engines"]
        for each in results["matching"]
        if each["rules"] == rules and each["known"] is known and not each["growing"]
    ]
    return found[0] if found else {}


def _took(results: Results, rules: int, name: str, *, known: bool) -> float | None:
    ratio: float | None = _compared(results, rules, known=known).get(name, {}).get("ratio")
    return ratio

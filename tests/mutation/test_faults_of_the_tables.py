"""A fault in the tables of a made index shows: each bit, cut, mask and entry in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pytest

from remedykit.engine.indexed.engine import IndexedEngine
from remedykit.engine.indexed.index import Index
from remedykit.engine.matching import Matches
from remedykit.engine.reference import ReferenceEngine
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from support.chances import Rolled
from support.index_faults import Fault, clause_faults, late_faults, table_faults
from support.pools import some_facts
from support.tabled_policies import chosen_policy, late_policy, tabled_policy

DECISIONS = 6000
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Tried:
    """An engine whose index can be exchanged, with decisions that it has to get right."""

    engine: IndexedEngine
    decisions: Sequence[tuple[Facts, Matches]]

    @property
    def index(self) -> Index:
        """The index without a fault."""
        return self.engine._by_currency[CURRENCY].index

    def shows(self, index: Index) -> bool:
        """Whether a fault shows."""
        ready = self.engine._by_currency[CURRENCY]
        sound = ready.index
        ready.index = index
        try:
            return any(self.engine.evaluate(f).matches != right for f, right in self.decisions)
        except Exception:  # noqa: BLE001 - a fault may raise anything
            return True
        finally:
            ready.index = sound


def tried(policy: CheckedPolicy) -> Tried:
    """Return an engine of a policy with random decisions."""
    chance, reference = Rolled(7), ReferenceEngine(policy)
    drawn = (some_facts(chance) for _ in range(DECISIONS))
    facts = [Facts(each.values, CURRENCY) for each in drawn]
    decisions = tuple((each, reference.evaluate(each).matches) for each in facts)
    return Tried(IndexedEngine(policy), decisions)


@pytest.mark.parametrize(
    ("policy", "faults", "least"),
    [
        (tabled_policy(), table_faults, 5000),
        (late_policy(), late_faults, 10),
        (chosen_policy(), clause_faults, 20),
    ],
    ids=["tables", "late", "clauses"],
)
def test_every_fault_shows(
    policy: CheckedPolicy, faults: Callable[[Index], Iterable[Fault]], least: int
) -> None:
    engine = tried(policy)
    assert not engine.shows(engine.index)
    made = list(faults(engine.index))
    assert [what for what, index in made if not engine.shows(index)] == []
    assert len(made) >= least

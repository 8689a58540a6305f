"""The engines by name, each with what matches the patterns of timelines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from remedykit.engine.durable.engine import DurableEngine
from remedykit.engine.durable.timeline import DurableMatcher
from remedykit.engine.indexed.engine import IndexedEngine
from remedykit.engine.matching import Engine, EngineName
from remedykit.engine.reference import ReferenceEngine
from remedykit.facts.patterns import PatternMatcher, PlainMatcher
from remedykit.language.syntax import CheckedPolicy

DEFAULT_ENGINE: EngineName = "indexed"
ENGINES: Mapping[EngineName, Callable[[CheckedPolicy], Engine]] = {
    "durable": DurableEngine,  # durable-rules may not be installed; only making one needs it
    "indexed": IndexedEngine,
    "reference": ReferenceEngine,
}
MATCHERS: Mapping[EngineName, Callable[[CheckedPolicy], PatternMatcher]] = {
    "durable": DurableMatcher,
    "indexed": PlainMatcher.of,
    "reference": PlainMatcher.of,
}


def engine_named(name: EngineName, policy: CheckedPolicy) -> Engine:
    """Return the engine of that name for a policy.

    Raises:
        ValueError: if there is none of that name.
        ModuleNotFoundError: if it needs a package that is not installed.
    """
    if name not in ENGINES:
        raise ValueError(f"there is no engine name={name!r}, but {', '.join(sorted(ENGINES))}")
    return ENGINES[name](policy)


def matcher_named(name: EngineName, policy: CheckedPolicy) -> PatternMatcher:
    """Return what matches the patterns of timelines beside the engine of that name.

    Raises:
        ModuleNotFoundError: if it needs a package that is not installed.
    """
    return MATCHERS[name](policy)

"""The engines by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from remedykit.engine.indexed.engine import IndexedEngine
from remedykit.engine.matching import Engine, EngineName
from remedykit.engine.reference import ReferenceEngine
from remedykit.language.syntax import CheckedPolicy

DEFAULT_ENGINE: EngineName = "indexed"
ENGINES: Mapping[EngineName, Callable[[CheckedPolicy], Engine]] = {
    "indexed": IndexedEngine,
    "reference": ReferenceEngine,
}


def engine_named(name: EngineName, policy: CheckedPolicy) -> Engine:
    """Return the engine of that name for a policy.

    Raises:
        ValueError: if there is none of that name.
    """
    if name not in ENGINES:
        raise ValueError(f"there is no engine name={name!r}, but {', '.join(sorted(ENGINES))}")
    return ENGINES[name](policy)

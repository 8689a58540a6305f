"""The engines that are installed where the tests run; one of them need not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from remedykit.engine.durable.native import is_installed
from remedykit.engine.engines import ENGINES
from remedykit.engine.matching import Engine, EngineName
from remedykit.language.syntax import CheckedPolicy

WHY_NOT_DURABLE = "durable-rules is not installed here; Python 3.13 and newer cannot have it"
needs_durable = pytest.mark.skipif(not is_installed(), reason=WHY_NOT_DURABLE)
INSTALLED: Mapping[EngineName, Callable[[CheckedPolicy], Engine]] = {
    name: make for name, make in ENGINES.items() if name != "durable" or is_installed()
}


def with_engine(engine: EngineName, *values: object) -> Any:
    """Return values and an engine for a test, which is skipped where there is no such engine."""
    return pytest.param(*values, engine, marks=needs_durable if engine == "durable" else ())


EACH_ENGINE = [with_engine(name) for name in ENGINES]

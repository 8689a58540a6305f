"""Every matcher of patterns that there is, for tests of what patterns mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from remedykit.engine.durable.native import is_installed
from remedykit.engine.durable.timeline import DurableMatcher
from remedykit.facts.patterns import PatternMatcher, PlainMatcher
from remedykit.language.syntax import CheckedPolicy
from support.engines import WHY_NOT_DURABLE


def _durable(policy: CheckedPolicy) -> PatternMatcher:
    if not is_installed():
        pytest.skip(WHY_NOT_DURABLE)
    return DurableMatcher(policy)


MATCHERS: Mapping[str, Callable[[CheckedPolicy], PatternMatcher]] = {
    "durable": _durable,
    "plain": PlainMatcher.of,
}

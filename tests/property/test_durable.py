"""The durable engine means the same: tried at random, in processes that it may take down.

A crash is a failed test that tells its seed.
"""

from __future__ import annotations

import pytest

from support.durable_fuzz import fuzzed
from support.engines import needs_durable

pytestmark = needs_durable


@pytest.mark.parametrize("what", ["clauses", "timelines"])
def test_it_answers_as_the_plain_ones_do(what: str) -> None:
    assert fuzzed(what, 0, 500) == ""


@pytest.mark.slow
@pytest.mark.parametrize("thousand", range(20))
@pytest.mark.parametrize("what", ["clauses", "timelines"])
def test_it_answers_as_the_plain_ones_do_at_length(what: str, thousand: int) -> None:
    assert fuzzed(what, 1000 * (thousand + 1), 1000) == ""

"""Every matcher says what the conformance data say of a timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from remedykit.facts.values import Happening
from remedykit.language.types import Value
from support import conformance
from support.all_matchers import MATCHERS

LINES = {name: line for name, line in conformance.lines().items() if "pattern" in line}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("matcher", MATCHERS)
def test_a_fact_follows_from_the_timeline_as_it_is_said_to(matcher: str, name: str) -> None:
    line = LINES[name]
    used = MATCHERS[matcher](conformance.loaded(line))

    for timeline, said in line["cases"]:
        events = timeline["events"]
        told = None if events is None else tuple(map(_happening, events))
        at = None if timeline["at"] is None else _moment(timeline["at"])
        found = used.values(told, at)
        expected: Value | None = int(said) if isinstance(said, str) else said
        assert found == {conformance.FOLLOWING: expected}, timeline
        assert type(found[conformance.FOLLOWING]) is type(expected), timeline


def _happening(event: Mapping[str, Any]) -> Happening:
    return Happening(**{**event, "at": _moment(event["at"])})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

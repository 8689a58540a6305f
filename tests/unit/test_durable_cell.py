"""The sealed cell keeps to what is sound in durable-rules, and starts afresh after any fault."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from remedykit.engine.durable import cell as cell_module
from remedykit.engine.durable.cell import (
    LAST,
    MOST_EDGES,
    MOST_MESSAGES,
    Ask,
    Cell,
    Ruleset,
    guarded,
)
from remedykit.engine.durable.engine import DurableEngine
from remedykit.engine.durable.timeline import DurableMatcher
from remedykit.language.syntax import Todo
from support.build import holds, policy, rule
from support.chances import Rolled
from support.engines import needs_durable
from support.fnv import fnv
from support.in_process import python
from support.patterns import some_patterns
from support.policies import some_policy

pytestmark = needs_durable
on_unix = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no fork, nor this count of memory"
)


def each_alone(count: int) -> Ruleset:
    """Return rules of one condition each."""
    return {f"r{number}": [{"m": guarded({f"p{number}": 1})}] for number in range(count)}


def asked(cell: Cell, *fields: str) -> set[str]:
    """Return the rules that fire where some fields are 1."""
    with cell.opened() as ask:
        return {name for name, _ in ask(0, [{LAST: 1, **dict.fromkeys(fields, 1)}])}


# --- after a fault --------------------------------------------------------------------------------


def test_what_was_true_in_a_decision_that_failed_does_not_fire_in_the_next() -> None:
    cell = Cell([each_alone(70)])
    with pytest.raises(RuntimeError, match=r"durable-rules failed: .* error code: 303"):
        asked(cell, *(f"p{number}" for number in range(70)))  # more than its stack holds
    assert asked(cell, "p3") == {"r3"}


def test_a_message_that_no_pattern_has_room_for_is_a_fault() -> None:
    cell = Cell([each_alone(1)])
    with (
        pytest.raises(RuntimeError, match=r"did not take \{'x': 1\}: 1"),
        cell.opened() as ask,
    ):
        ask(0, [{"x": 1}])
    assert asked(cell, "p0") == {"r0"}


def test_a_session_in_which_nothing_fires_is_a_fault_and_is_not_deleted() -> None:
    cell = Cell([{"r0": [{"a": guarded({"a": 1})}, {"b": guarded({"b": 1})}]}])
    with (
        pytest.raises(RuntimeError, match="did not see the last message"),
        cell.opened() as ask,
    ):
        ask(0, [{"a": 1}])
    assert asked(cell) == set()


def test_more_messages_than_have_ids_of_their_own_are_refused() -> None:
    cell = Cell([each_alone(1)])
    with pytest.raises(RuntimeError, match="400001 messages are more"), cell.opened() as ask:
        ask(0, [{LAST: 1}] * (MOST_MESSAGES + 1))


@pytest.mark.parametrize("interrupted", [KeyboardInterrupt, ValueError])
def test_an_interruption_leaves_nothing_behind(interrupted: type[BaseException]) -> None:
    cell = Cell([each_alone(2)])
    with pytest.raises(interrupted), cell.opened() as ask:
        _interrupted(ask, interrupted)
    assert asked(cell, "p1") == {"r1"}


# --- sessions, threads, memory --------------------------------------------------------------------


def test_a_session_ends_with_its_decision() -> None:
    cell = Cell([each_alone(2)])
    for _ in range(3000):  # durable-rules holds 1,024 sessions
        assert asked(cell, "p0") == {"r0"}
    assert asked(cell, "p1") == {"r1"}


def _interrupted(ask: Ask, by: type[BaseException]) -> None:
    ask(0, [{LAST: 1, "p0": 1}])
    raise by


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    assert asked(Cell([each_alone(1)]), "p0") == {"r0"}
    assert threading.active_count() == before


def test_rulesets_are_freed_with_their_cell_and_after_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    freed: list[int] = []
    monkeypatch.setattr(cell_module, "_free", lambda _, handles: freed.extend(handles))
    cell = Cell([each_alone(1), each_alone(2)])
    assert asked(cell, "p0") == {"r0"}
    with pytest.raises(ValueError, match="a fault"), cell.opened():
        raise ValueError("a fault")
    assert len(set(freed)) == 2
    assert asked(cell, "p0") == {"r0"}
    del cell
    assert len(set(freed)) == 4


@on_unix
def test_memory_stays_flat_when_thousands_of_engines_are_made_and_dropped() -> None:
    assert python("durable_memory.py") == "flat\n"


def test_what_another_process_had_is_not_used() -> None:
    cell = Cell([each_alone(1)])
    assert asked(cell, "p0") == {"r0"}
    before = cell._share
    before.process = -1  # as it is after a fork
    assert asked(cell, "p0") == {"r0"}
    assert cell._share is not before


@on_unix
def test_a_process_that_is_forked_off_has_rulesets_and_a_lock_of_its_own() -> None:
    assert python("durable_fork.py") == "right\n"


def test_a_decimal_comma_changes_nothing(tmp_path: Path) -> None:
    making = shutil.which("localedef")
    if making:  # few machines have such a locale ready, and many can make one
        command = [making, "-f", "UTF-8", "-i", "de_DE", str(tmp_path / "de_DE.UTF-8")]
        subprocess.run(command, capture_output=True, check=False)
    told = python("durable_locale.py", **({"LOCPATH": str(tmp_path)} if making else {}))
    if told == "no such locale\n":
        pytest.skip("there is no locale with a decimal comma on this machine")
    assert told == "right\n"


# --- what durable-rules gets to see ---------------------------------------------------------------


def cells() -> Iterator[Cell]:
    """Yield cells with every name that is ever used: the widest rulesets, and all patterns."""
    wide = policy(*(rule(f"r{n}", Todo(("x",)), when=holds(f"f{n}")) for n in range(200)))
    yield DurableEngine(wide)._cell
    yield from (DurableEngine(some_policy(Rolled(seed), rules=60))._cell for seed in range(10))
    yield from (DurableMatcher(some_patterns(Rolled(seed)))._cell for seed in range(50))


def names_in(node: object) -> Iterator[str]:
    """Yield every name in a definition, of rules, messages, fields and operators."""
    match node:
        case dict():
            for name, inner in node.items():
                yield name.removesuffix("$not")
                yield from names_in(inner)
        case list():
            for inner in node:
                yield from names_in(inner)
        case str():
            yield node
        case _:
            assert type(node) is int  # no text, no fraction, no truth value, nothing unknown
            assert abs(node) < 2**53


def test_no_two_of_the_private_names_have_the_same_hash() -> None:
    assert fnv("costarring") == fnv("liquid")
    names = {"sid", "id", "$s", "s", "sid-s", "cell"}
    for cell in cells():
        for definition in cell._definitions:
            names.update(names_in(json.loads(definition)))
    assert {f"p{number}" for number in range(MOST_EDGES - 2)} <= names
    assert max(map(len, names)) <= 5
    assert len({fnv(name) for name in names}) == len(names)


def test_no_two_messages_of_a_session_have_the_same_hash() -> None:
    ids = {"sid-s", *map(str, range(MOST_MESSAGES))}  # the first is durable-rules' own
    assert len({fnv(each) for each in ids}) == MOST_MESSAGES + 1

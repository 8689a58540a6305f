"""A sealed cell: the only place that touches durable-rules, and keeps to what is sound there.

Outside a narrow subset durable-rules crashes, hangs or answers wrongly. So a cell sees to it that

- facts have short private names, whole numbers below 2^53, and the guard `GUARD`;
- one session is alive at a time, under one lock, and is deleted before the next begins;
- something always fires (`_SEEN`), because a session in which nothing did cannot be deleted;
- after any fault all its rulesets are freed, and made anew when they are next needed, so that
  nothing that is half done reaches the next decision;
- a process that was forked off begins with rulesets and a lock of its own.

Who writes the rules keeps to `MOST_EDGES`, and to one message `LAST` that comes last.
"""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from remedykit.engine.durable.native import Native, load

# A condition: {name: value}, or such as {"$and": [...]}. A message: whole numbers by name.
Test = Mapping[str, object]
Message = Mapping[str, int]
Patterns = Sequence[Mapping[str, Test]]
Ruleset = Mapping[str, Patterns]
# What fired: the name of the rule, and by the name of each of its patterns the message there.
Firing = tuple[str, Mapping[str, Mapping[str, object]]]
Ask = Callable[[int, Sequence[Message]], list[Firing]]

GUARD = "g"
LAST = "n"
MOST_EDGES = 60  # conditions of one ruleset; with 65 true at once durable-rules fails
MOST_MESSAGES = 400_000  # the ids up to here have been seen to have hashes of their own

_SEEN = "seen"
_SESSION = "s"
_TAKEN = 0


def guarded(*tests: Test) -> Test:
    """Return the condition that all of some tests hold, with the guard before them.

    >>> guarded({"a": 1})
    {'$and': [{'g': 1}, {'a': 1}]}
    """
    return {"$and": [{GUARD: 1}, *tests]}


class Cell:
    """Some rulesets of durable-rules, asked one decision at a time.

    It cannot be copied or pickled: who owns one makes another.

    Raises:
        ModuleNotFoundError: if durable-rules is not installed.
    """

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        self._native = load()
        self._definitions = tuple(_definition(ruleset) for ruleset in rulesets)
        self._share = _Share()

    @contextmanager
    def opened(self) -> Generator[Ask]:
        """Give what asks a ruleset, by its place, for all that fires on some messages.

        The last message alone has `LAST`. No other thread is let in before the end.

        Raises:
            RuntimeError: if durable-rules failed; the next decision is made by new rulesets.
        """
        share = self._share_of_this_process()
        with share.lock:
            if share.handles is None:
                share.handles = _Handles(self._native, self._definitions)
            handles = share.handles.each
            try:
                yield lambda place, messages: _asked(self._native, handles[place], messages)
            except self._native.error as error:
                share.handles = None
                raise RuntimeError(f"durable-rules failed: {error}") from error
            except BaseException:
                share.handles = None
                raise

    def _share_of_this_process(self) -> _Share:
        """Return the lock and the rulesets of this process.

        Those from before a fork may be in use by a thread that is not there any more.
        """
        share = self._share
        if share.process != os.getpid():
            share = self._share = _Share()
        return share


@dataclass(slots=True)
class _Share:
    """What one process has of a cell."""

    process: int = field(default_factory=os.getpid)
    lock: Lock = field(default_factory=Lock)
    handles: _Handles | None = None


class _Handles:
    """The rulesets, freed when nobody refers to this object any more."""

    def __init__(self, native: Native, definitions: Sequence[str]) -> None:
        self.each: list[int] = []
        # Not when Python ends: threads may still be deciding then, and memory goes anyway.
        weakref.finalize(self, _free, native, self.each).atexit = False
        for definition in definitions:
            self.each.append(native.create_ruleset("cell", definition))


def _free(native: Native, handles: list[int]) -> None:
    for handle in handles:
        native.delete_ruleset(handle)


def _definition(ruleset: Ruleset) -> str:
    seen: Patterns = [{LAST: guarded({LAST: 1})}]
    rules: dict[str, Patterns] = {**ruleset, _SEEN: seen}
    return json.dumps({name: {"all": patterns} for name, patterns in rules.items()})


def _asked(native: Native, handle: int, messages: Sequence[Message]) -> list[Firing]:
    """Return what fires, in a session of its own."""
    if len(messages) > MOST_MESSAGES:
        raise RuntimeError(f"{len(messages)} messages are more than durable-rules tells apart")
    session = 0
    for number, message in enumerate(messages):
        taken, session = native.assert_fact(handle, _text(number, message))
        if taken != _TAKEN:
            raise RuntimeError(f"durable-rules did not take {dict(message)}: {taken}")
    fired = _fired(native, handle, session)
    if all(name != _SEEN for name, _ in fired):
        raise RuntimeError("durable-rules did not see the last message")
    native.delete_state(handle, _SESSION)
    return [firing for firing in fired if firing[0] != _SEEN]


def _fired(native: Native, handle: int, session: int) -> list[Firing]:
    fired: list[Firing] = []
    first = native.start_action_for_state(handle, session)
    text = None if first is None else first[1]
    while text is not None:
        fired.extend(json.loads(text).items())
        text = native.complete_and_start_action(handle, session)
    return fired


def _text(number: int, message: Message) -> str:
    """Return a message as durable-rules reads it, with its session and an id of its own."""
    return json.dumps({"sid": _SESSION, "id": str(number), GUARD: 1, **message})

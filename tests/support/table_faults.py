"""Faults in one question of a course and in its table: bits, starts, steps, masks, parts, words.

Only those that some value shows which the pools have, at a conjunction that is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, assert_never

from remedykit.engine.indexed.index import Fractions, Late, Looked, Ranges, Words
from remedykit.engine.indexed.tables import (
    FractionTable,
    ListTable,
    RangeTable,
    Table,
    Unknown,
    WordTable,
)
from remedykit.language.types import Value
from support.pools import EVERY_POOL
from support.tabled_policies import PARTS

Item = TypeVar("Item")
Steps = TypeVar("Steps", RangeTable, FractionTable)


# --- questions ---------------------------------------------------------------------------------


def of_words(question: Words, left: Unknown) -> Iterator[tuple[str, Words]]:
    """Yield a question for a text or truth value with each fault."""
    name, by_value, other, *unknown = question
    before = WordTable(-1, Unknown(*unknown), by_value, other)
    for what, table in _of_word_table(before, left, EVERY_POOL[name][1]):
        yield what, (name, table.by_value, table.other, *_masks(table))


def of_ranges(question: Ranges, left: Unknown) -> Iterator[tuple[str, Ranges]]:
    """Yield a question for what has a next value with each fault."""
    name, starts, steps, *unknown = question
    before = RangeTable(-1, Unknown(*unknown), starts, steps)
    for what, table in _of_steps(before, left, EVERY_POOL[name][1]):
        yield what, (name, table.starts, table.steps, *_masks(table))


def of_fractions(question: Fractions, left: Unknown) -> Iterator[tuple[str, Fractions]]:
    """Yield a question for a number with each fault."""
    name, parts, starts, steps, *unknown = question
    before = FractionTable(-1, Unknown(*unknown), parts, starts, steps)
    for what, table in _of_fraction_table(before, left, EVERY_POOL[name][1]):
        yield what, (name, table.parts, table.starts, table.steps, *_masks(table))


def of_late(question: Late, left: Unknown) -> Iterator[tuple[str, Late]]:
    """Yield a question that is asked late with each fault in its table."""
    for what, table in _of_table(question.table, left):
        yield what, question._replace(table=table)


def of_looked(asked: Looked, left: Unknown) -> Iterator[tuple[str, Looked]]:
    """Yield a define that is read off its own conjunctions with each fault."""
    among = left.possible & asked.tested
    for what, own in of_bits(asked.own, asked.own & left.possible):
        yield f"own: {what}", asked._replace(own=own)
    for what, true in of_bits(asked.true, among):
        yield f"true: {what}", asked._replace(true=true)
    for what, false in of_bits(asked.false, among):
        yield f"false: {what}", asked._replace(false=false)
    for what, unknown in of_unknown(asked.unknown, Unknown(among & left.definite, among)):
        yield f"unknown: {what}", asked._replace(unknown=unknown)


# --- tables ------------------------------------------------------------------------------------


def _of_table(table: Table, left: Unknown) -> Iterator[tuple[str, Table]]:
    match table:
        case WordTable():
            yield from _of_word_table(table, left, (True, False))
        case RangeTable():
            raise AssertionError("no define of the policies has a next value")
        case FractionTable():
            yield from _of_fraction_table(table, left, PARTS)
        case ListTable():
            yield from _of_list_table(table, left)
        case _ as unreachable:
            assert_never(unreachable)


def _of_word_table(
    table: WordTable, left: Unknown, values: Sequence[Value]
) -> Iterator[tuple[str, WordTable]]:
    for what, unknown in of_unknown(table.unknown, left):
        yield f"unknown: {what}", replace(table, unknown=unknown)
    for what, by_value in _of_masks(table.by_value, left.possible):
        yield f"by value: {what}", replace(table, by_value=by_value)
    for value in table.by_value:
        fewer = {each: mask for each, mask in table.by_value.items() if each != value}
        changed = replace(table, by_value=fewer)
        if _shows(table, changed, left, values):
            yield f"by value: without {value!r}", changed
    for what, other in of_bits(table.other, left.possible):
        changed = replace(table, other=other)
        if _shows(table, changed, left, values):
            yield f"other: {what}", changed


def _of_steps(table: Steps, left: Unknown, values: Sequence[Value]) -> Iterator[tuple[str, Steps]]:
    """Yield a table of starts and steps with each fault in these and in its masks."""
    for what, unknown in of_unknown(table.unknown, left):
        yield f"unknown: {what}", replace(table, unknown=unknown)
    for what, starts, steps in _other_steps(table.starts, table.steps, left):
        changed = replace(table, starts=starts, steps=steps)
        if _shows(table, changed, left, values):
            yield what, changed


def _other_steps(
    starts: Sequence[Any], steps: Sequence[int], left: Unknown
) -> Iterator[tuple[str, Sequence[Any], Sequence[int]]]:
    for place, step in enumerate(steps):
        for what, wrong in of_bits(step, left.possible):
            yield f"step {place}: {what}", starts, put(steps, place, wrong)
    for place, start in enumerate(starts):
        one, other = steps[place : place + 2]
        swapped = put(put(steps, place, other), place + 1, one)
        yield f"steps from {place} swapped", starts, swapped
        fewer = (*steps[:place], *steps[place + 1 :])
        yield f"step {place} lost", (*starts[:place], *starts[place + 1 :]), fewer
        for sign in (1, -1):
            shifted = put(starts, place, start + sign * _least(start))
            yield f"start {place} shifted by {sign}", shifted, steps


def _of_fraction_table(
    table: FractionTable, left: Unknown, values: Sequence[Value]
) -> Iterator[tuple[str, FractionTable]]:
    yield from _of_steps(table, left, values)
    for parts in (table.parts - 1, table.parts + 1, 2 * table.parts):
        changed = replace(table, parts=parts)
        if _shows(table, changed, left, values):
            yield f"{parts} parts", changed
    # As if there were nothing between two points.
    halved = replace(table, starts=tuple(start // 2 * 2 for start in table.starts))
    if _shows(table, halved, left, values):
        yield "half places lost", halved


def _of_list_table(table: ListTable, left: Unknown) -> Iterator[tuple[str, ListTable]]:
    among = left.possible & table.tested
    for what, wanted in _of_masks(table.wanted, among & ~table.other):
        yield f"wanted: {what}", replace(table, wanted=wanted)
    for what, tolerated in _of_masks(table.tolerated, among & table.other):
        yield f"tolerated: {what}", replace(table, tolerated=tolerated)
    for what, other in of_bits(table.other, among):
        yield f"other: {what}", replace(table, other=other)
    for what, unknown in of_unknown(table.unknown, left):
        yield f"unknown: {what}", replace(table, unknown=unknown)


def _masks(table: WordTable | RangeTable | FractionTable) -> tuple[int, int]:
    return table.unknown.definite, table.unknown.possible


def _shows(before: Table, after: Table, left: Unknown, values: Sequence[Value]) -> bool:
    """Whether a value leaves something else of what is left."""
    return any((before.left(each) ^ after.left(each)) & left.possible for each in values)


def _least(start: Any) -> Any:
    """Return the least by which two values differ that are like a start."""
    match start:
        case datetime() | timedelta():
            return timedelta(microseconds=1)
        case date():
            return timedelta(days=1)
        case _:
            return 1


# --- bits --------------------------------------------------------------------------------------


def of_unknown(unknown: Unknown, left: Unknown) -> Iterator[tuple[str, Unknown]]:
    """Yield what an unknown value leaves with each fault."""
    for what, definite in of_bits(unknown.definite, left.definite):
        yield f"definite, {what}", replace(unknown, definite=definite)
    for what, possible in of_bits(unknown.possible, left.possible):
        yield f"possible, {what}", replace(unknown, possible=possible)
    if (unknown.definite ^ unknown.possible) & left.definite:
        yield "swapped", Unknown(unknown.possible, unknown.definite)


def _of_masks(masks: Mapping[Any, int], among: int) -> Iterator[tuple[str, Mapping[Any, int]]]:
    for value, mask in masks.items():
        for what, changed in of_bits(mask, among):
            yield f"{value!r}, {what}", {**masks, value: changed}


def of_bits(mask: int, among: int) -> Iterator[tuple[str, int]]:
    """Yield a set of conjunctions with one more or one less, of some."""
    for number in range(among.bit_length()):
        if among >> number & 1:
            how = "lost" if mask >> number & 1 else "added"
            yield f"{number} {how}", mask ^ 1 << number


def put(items: Sequence[Item], place: int, item: Item) -> tuple[Item, ...]:
    """Return some items with another at one place."""
    return (*items[:place], item, *items[place + 1 :])

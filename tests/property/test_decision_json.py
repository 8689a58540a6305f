"""Decisions survive JSON exactly, and the JSON is one text."""

import json
from dataclasses import fields, is_dataclass

from hypothesis import given
from jsonschema import Draft202012Validator

from remedykit.model.decision import Decision, Question
from remedykit.model.decision_schema import decision_schema
from remedykit.model.json_text import write_json
from strategies.decisions import decisions, questions

VALIDATOR = Draft202012Validator(json.loads(write_json(decision_schema())))


def same(left: object, right: object) -> bool:
    """Return whether two values are equal in every part, types included."""
    if type(left) is not type(right):
        return False
    if is_dataclass(left):
        return all(
            same(getattr(left, field.name), getattr(right, field.name)) for field in fields(left)
        )
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


@given(decisions)
def test_reading_what_was_written_gives_the_same_decision(decision: Decision) -> None:
    assert same(Decision.from_json(decision.to_json()), decision)


@given(decisions)
def test_writing_what_was_read_gives_the_same_bytes(decision: Decision) -> None:
    text = decision.to_json()
    assert Decision.from_json(text).to_json().encode() == text.encode()


@given(decisions, questions)
def test_every_decision_fits_the_schema(decision: Decision, asked: tuple[Question, ...]) -> None:
    VALIDATOR.validate(json.loads(decision.to_json()))
    VALIDATOR.validate(json.loads(decision.to_json(questions=asked)))


@given(decisions, questions)
def test_questions_are_checked_and_left_out_when_read(
    decision: Decision, asked: tuple[Question, ...]
) -> None:
    assert Decision.from_json(decision.to_json(questions=asked)) == decision


@given(decisions)
def test_a_row_a_remedy_with_the_same_columns(decision: Decision) -> None:
    rows = decision.to_rows()
    assert [row["kind"] for row in rows] == [remedy.kind for remedy in decision.remedies]
    assert len({tuple(row) for row in rows}) <= 1
    assert not any(isinstance(value, float) for row in rows for value in row.values())


@given(decisions)
def test_html_of_any_decision_has_no_markup_of_its_own(decision: Decision) -> None:
    page = decision._repr_html_()
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\u200b" not in page

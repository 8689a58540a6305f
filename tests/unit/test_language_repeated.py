"""What stands in a policy again and again is read once, but told of and placed wherever it is."""

import pytest

from remedykit.language import syntax
from remedykit.language.syntax import Between, Compare, EqualTo, Expression
from support.error_cases import HEADER
from support.loading import found, loaded

FACTS = """
facts:
  order.score: {type: number, means: a score}
  order.level: {type: number, at_least: 3, means: a level}
timezone: America/New_York
params:
  three: {value: 3}
  half: {value: 0.5}
define:
"""


_FIRST_LINE = (HEADER + FACTS).count("\n") + 1  # of the defines


def _defines(*bodies: str) -> str:
    lines = [f"  {name}: {body}" for name, body in zip("wxyz", bodies, strict=False)]
    return "\n".join([FACTS.rstrip(), *lines, ""])


def _words(text: str, *expressions: Expression) -> list[str]:
    """Return the words that stand where these expressions do."""
    lines = (HEADER + text).split("\n")
    places = [each.place for each in expressions]
    return [lines[place.line - 1][place.column - 1 : place.end_column - 1] for place in places]


@pytest.mark.parametrize(
    ("fact", "cell", "ends"),
    [
        ("order.score", "3", ["3"]),
        ("order.score", "half", ["half"]),
        ("order.score", "half<..<three", ["half", "three"]),
        ("order.score", "1.5..", ["1.5"]),
        ("order.score", '"..three"', ["three"]),
        ("order.placed_at", "2026-11-01..2026-11-23", ["2026-11-01", "2026-11-23"]),
        ("order.placed_at", "2026-11-23", ["2026-11-23", "2026-11-23"]),
        ("customer.tier", "'gold'", ["'gold'"]),
    ],
)
def test_each_end_of_a_cell_that_is_repeated_stands_where_it_is_written(
    fact: str, cell: str, ends: list[str]
) -> None:
    text = _defines(f"{{{fact}: {cell}}}", f"{{ {fact}:   {cell} }}")

    bodies = [define.body for define in loaded(text).defines]

    assert len(bodies) == 2
    for line, body in enumerate(bodies):
        assert isinstance(body, syntax.Tested)
        match body.test:
            case EqualTo(operand=operand):
                operands = [operand]
            case Between(low=low, high=high):
                operands = [end for end in (low, high) if end is not None]
            case other:
                raise AssertionError(other)
        assert _words(text, *operands) == ends
        assert {end.place.line for end in operands} == {body.place.line}
        assert body.place.line == _FIRST_LINE + line


def test_a_word_of_a_list_that_is_repeated_is_the_same_test() -> None:
    text = _defines("{incident.evidence: photo}", "{incident.evidence: photo}")

    first, second = (define.body for define in loaded(text).defines)

    assert isinstance(first, syntax.Tested)
    assert isinstance(second, syntax.Tested)
    assert first.test == second.test
    assert first.place.line + 1 == second.place.line


def test_a_bare_word_is_warned_of_after_the_same_in_quotes_and_each_time() -> None:
    quoted = "{order.country: 'three'}"

    warned = found(_defines(quoted, "{order.country: three}", "{order.country: three}", quoted))

    assert [(item.code, item.underlined) for item in warned] == [("odd-word", "three")] * 2


def test_a_test_is_judged_for_each_fact_and_warned_of_each_time() -> None:
    warned = found(
        _defines(
            "{order.score: 3..}", "{order.level: 3..}", "{order.score: 3..}", "{order.level: 3..}"
        )
    )

    assert [(item.code, "order.level" in item.quote.line) for item in warned] == [
        ("always-true", True)
    ] * 2
    assert warned[0].place.line + 2 == warned[1].place.line


def test_a_fault_of_a_cell_is_told_each_time() -> None:
    faults = found(_defines("{customer.tier: golden}", "{customer.tier: golden}"))

    assert [(item.code, item.underlined) for item in faults] == [("unknown-value", "golden")] * 2


def test_what_an_expression_is_made_of_stands_where_it_is_written() -> None:
    text = _defines("order.score > 3", "  order.score > 3", '" order.score > 3"')

    bodies = [define.body for define in loaded(text).defines]

    assert len(bodies) == 3
    for line, body in enumerate(bodies):
        assert isinstance(body, Compare)
        assert _words(text, body, body.left, body.right) == ["order.score > 3", "order.score", "3"]
        assert body.place.line == _FIRST_LINE + line


def test_a_fault_of_an_expression_is_told_each_time() -> None:
    faults = found(_defines("order.scores > 3", "order.scores > 3"))

    assert [(item.code, item.underlined) for item in faults] == [
        ("unknown-fact", "order.scores")
    ] * 2

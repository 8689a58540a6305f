"""Every diagnostic says what it said when it was last read by a person."""

from functools import cache

import pytest

from remedykit.diagnostics import Diagnostic
from support.error_cases import ErrorCase, error_cases, text_of

CASES = error_cases()
# All tests of a case by one process, so that it is read once.
of_each_case = pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.name, marks=pytest.mark.xdist_group(c.name)) for c in CASES]
)


@cache
def found(case: ErrorCase) -> tuple[Diagnostic, ...]:
    return case.find()


@of_each_case
def test_a_faulty_policy_is_told_about_as_recorded(case: ErrorCase) -> None:
    assert text_of(found(case)) == case.recording.read_text(encoding="utf-8")


@of_each_case
def test_the_code_in_the_name_of_a_case_is_among_what_is_found(case: ErrorCase) -> None:
    assert case.code in {item.code for item in found(case)}


@of_each_case
def test_a_message_is_one_line_that_starts_small_and_has_no_full_stop(case: ErrorCase) -> None:
    for item in found(case):
        for text in (item.message, item.help, item.also.label if item.also else "later"):
            assert "\n" not in text
            assert text == text.strip()
            assert not text[0].isupper() or text.startswith("U+")
            assert not text.endswith(".") or text.endswith(("...", "case."))
        assert item.help
        assert item.underlined or item.place.line == 1 or item.place.column > len(item.quote.line)


def test_every_recording_has_its_case() -> None:
    recordings = {case.recording for case in CASES}
    assert set(CASES[0].recording.parent.glob("*.txt")) == recordings

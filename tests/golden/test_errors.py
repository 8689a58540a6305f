"""Every diagnostic says what it said when it was last read by a person."""

import pytest

from support.error_cases import ErrorCase, error_cases, text_of

CASES = error_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_faulty_policy_is_told_about_as_recorded(case: ErrorCase) -> None:
    assert text_of(case.find()) == case.recording.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_code_in_the_name_of_a_case_is_among_what_is_found(case: ErrorCase) -> None:
    assert case.code in {item.code for item in case.find()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_message_is_one_line_that_starts_small_and_has_no_full_stop(case: ErrorCase) -> None:
    for item in case.find():
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

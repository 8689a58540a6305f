"""Which characters may not stand in a file, and how they are named."""

import sys
import unicodedata

import pytest

from remedykit.language.yaml_faults import FORBIDDEN, character_name

VISIBLE = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
VISIBLE += "".join(map(chr, range(0x13430, 0x13440)))  # they arrange hieroglyphs


def test_every_character_of_control_or_format_is_forbidden_but_for_visible_marks() -> None:
    allowed = {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and not FORBIDDEN.match(character)
    }
    assert allowed <= {"\t", "\n", *VISIBLE}


@pytest.mark.parametrize("text", ["\r\n", "é", "中", "😀", "❤\ufe0f", "\u00a0"])
def test_letters_emoji_and_line_ends_may_stand(text: str) -> None:
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize(
    ("character", "name"),
    [("\u202e", "U+202E (right-to-left override)"), ("\x00", "U+0000")],
)
def test_a_character_that_cannot_be_seen_has_a_name(character: str, name: str) -> None:
    assert character_name(character) == name

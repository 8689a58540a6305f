"""The rules that the pages show are loaded; see `support.pages` for what a block promises."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pytest

from remedykit.diagnostics import Diagnostic, Findings
from remedykit.errors import PolicyError
from remedykit.facts.schema import model_schema
from remedykit.language.load import load_policy
from remedykit.language.sections import SECTIONS
from support.composing import with_shipped
from support.pages import PAGES, Block, blocks_of, with_next

_SCHEMA = model_schema()
_WHOLE = "policy: "


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of rules, the whole policy that it belongs to, and the diagnostic shown behind it."""

    block: Block
    whole: str
    behind: Block | None

    def found(self) -> tuple[Diagnostic, ...]:
        """What the loader says about it, warnings too."""
        files = {} if self.is_whole else {"whole.yaml": self.whole.encode()}
        files[self.block.get("title") or "shown.yaml"] = _as_file(self.block.text).encode()
        findings = Findings()
        own, *bases = with_shipped(files, findings)
        try:
            return load_policy(own, _SCHEMA, findings, bases)[1]
        except PolicyError as error:
            return error.diagnostics

    @property
    def is_whole(self) -> bool:
        return self.block.text.startswith(_WHOLE)


def _as_file(text: str) -> str:
    """A condition alone, such as ``incident.days_late: 3..``, becomes that of a rule."""
    first = text.lstrip().partition(":")[0]
    if first in SECTIONS or text.lstrip().startswith("#"):
        return text
    return f"rules:\n  - id: shown\n    todo: shown\n    when:\n{textwrap.indent(text, ' ' * 6)}"


def _shown() -> list[Shown]:
    found: list[Shown] = []
    for page in PAGES:
        whole = ""
        for block, behind in with_next(blocks_of(page)):
            if block.language != "yaml" or "/" in block.get("title"):
                continue  # files of the page's folder are read by the commands behind them
            found.append(Shown(block, whole, behind))
            if block.text.startswith(_WHOLE) and not block.get("wrong"):
                whole = block.text
    return found


_SOUND = [each for each in _shown() if not each.block.get("wrong")]
_WRONG = [each for each in _shown() if each.block.get("wrong")]


@pytest.mark.parametrize("shown", _SOUND, ids=lambda shown: str(shown.block))
def test_rules_that_a_page_shows_load_without_a_word(shown: Shown) -> None:
    found = shown.found()

    assert not found, "\n\n".join(each.render() for each in found)


@pytest.mark.parametrize("shown", _WRONG, ids=lambda shown: str(shown.block))
def test_a_mistake_that_a_page_shows_is_told_as_shown(shown: Shown) -> None:
    found = shown.found()

    told = "\n\n".join(each.render() for each in found)
    assert {each.code for each in found} == set(shown.block.get("wrong").split()), told
    if shown.behind is not None:
        assert shown.behind.text.rstrip("\n") == told

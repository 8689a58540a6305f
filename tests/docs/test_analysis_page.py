"""The page about the analysis shows what is found."""

from __future__ import annotations

from support.analysing import found_in_whole
from support.pages import ROOT, agrees, blocks_of


def test_the_page_shows_what_its_policy_gives() -> None:
    policy, shown, *_ = blocks_of(ROOT / "docs" / "analysis.md")
    found = found_in_whole(policy.text)
    assert found
    assert agrees(shown.text, "\n\n".join(each.render() for each in found))

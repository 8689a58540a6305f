"""The page of facts is the one that the models give."""

import runpy

from support.pages import ROOT


def test_the_page_of_facts_is_current() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "write_facts_page.py"))

    written = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    assert written == made["page"](), "run tools/write_facts_page.py"

"""What editors and reports show of the documentation is what the pages say."""

import runpy

from remedykit.authoring.doc_texts import code_texts, key_texts
from support.pages import ROOT


def test_the_texts_in_the_package_are_current() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "write_doc_texts.py"))

    written = (ROOT / "src" / "remedykit" / "authoring" / "doc_texts.json").read_text("utf-8")
    assert written == made["texts"](), "run tools/write_doc_texts.py"


def test_links_become_words() -> None:
    texts = key_texts()["Files and sections"]

    assert texts["dated_by"].startswith("the fact that effective dates go by; ")
    assert "](" not in "".join(
        text for heading in key_texts().values() for text in heading.values()
    )


def test_every_page_of_a_diagnostic_says_what_it_is_and_how_to_mend_it() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "errors").glob("*.md")} - {"README"}

    assert code_texts().keys() == pages
    assert all(text.says.endswith(".") and text.mend for text in code_texts().values())

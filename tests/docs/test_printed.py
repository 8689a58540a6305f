"""What a page says that its Python prints is what it prints."""

from __future__ import annotations

import contextlib
import io
from doctest import DocTestParser
from pathlib import Path

import pytest

from support.pages import PAGES, agrees, blocks_of, with_next

_PAGES = [page for page in PAGES if any(behind for _, behind in with_next(blocks_of(page)))]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_python_prints_what_the_page_shows(page: Path) -> None:
    namespace: dict[str, object] = {"__name__": page.name}

    for block, behind in with_next(blocks_of(page)):
        if block.language != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            _run(block.text, f"{block}", namespace)
        if behind is not None:
            assert agrees(behind.text, printed.getvalue()), f"{behind}:\n{printed.getvalue()}"


def _run(text: str, name: str, namespace: dict[str, object]) -> None:
    examples = DocTestParser().get_examples(text)
    if not examples:
        _execute(text, name, namespace)
    for example in examples:
        # What a prompt answers, errors too, is held to the page when the page itself is run.
        expected = (Exception,) if example.exc_msg else ()
        with contextlib.suppress(*expected):
            _execute(example.source, name, namespace)


def _execute(source: str, name: str, namespace: dict[str, object]) -> None:
    code = compile(source, name, "exec", dont_inherit=True)
    exec(code, namespace)  # noqa: S102 - the repository's own pages

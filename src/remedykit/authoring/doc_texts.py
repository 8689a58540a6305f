"""Texts of the documentation that are shown elsewhere: in editors, in reports of checks.

``doc_texts.json`` is made from the pages by ``tools/write_doc_texts.py``, for the pages themselves
are not installed with the package.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple, cast


class CodeText(NamedTuple):
    """What the page of a diagnostic says, as Markdown.

    Attributes:
        says: its first sentence.
        mend: how to mend what it is about.
    """

    says: str
    mend: str


def code_texts() -> Mapping[str, CodeText]:
    """Return what the pages of the diagnostics say, by code."""
    pages = cast("dict[str, list[str]]", _texts()["codes"])
    return {code: CodeText(*texts) for code, texts in pages.items()}


def key_texts() -> Mapping[str, Mapping[str, str]]:
    """Return what the tables of the pages say about keys, by heading and key, as Markdown."""
    return cast("dict[str, dict[str, str]]", _texts()["keys"])


def _texts() -> dict[str, object]:
    text = files("remedykit.authoring").joinpath("doc_texts.json").read_text(encoding="utf-8")
    return cast("dict[str, object]", json.loads(text))

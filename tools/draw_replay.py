#!/usr/bin/env python3
"""Draws docs/replay.png: the page that `remedykit replay --html` writes, as a browser shows it.

Needs Chromium. Run it with the environment of ./check:
PYTHONPATH=tests .venv/bin/python tools/draw_replay.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from remedykit.cli.inputs import read_asked
from remedykit.policy import Policy
from support.browser import find_browser, running

_ROOT = Path(__file__).resolve().parents[1]
_PICTURE = _ROOT / "docs" / "replay.png"
_CASE = _ROOT / "examples" / "missing-screw-timeline.yaml"
_WIDTH = 1100


def main() -> None:
    """Write the page, show it to a browser, and keep what that draws above the table."""
    program = find_browser()
    if program is None:
        sys.exit("needs Chromium")
    told = read_asked(str(_CASE)).replay(Policy.shipped("marketplace"), None)
    with tempfile.TemporaryDirectory() as scratch, running(program) as browser:
        page = Path(scratch) / "replay.html"
        page.write_text(told.to_html(), encoding="utf-8")
        browser.show(page, width=_WIDTH)
        _PICTURE.write_bytes(browser.picture(above="h2"))
    print(f"wrote {_PICTURE.name}")


if __name__ == "__main__":
    main()

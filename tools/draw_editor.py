#!/usr/bin/env python3
"""Draws docs/editors.png: a policy in an editor, with the schema that `remedykit schema` writes.

The editor is that of VS Code (monaco-editor) with the language server of YAML (monaco-yaml), in a
browser without a window. Needs Chromium. Run it with the environment of ./check:
PYTHONPATH=tests .venv/bin/python tools/draw_editor.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from remedykit.authoring.schemas.files import names_in, schema_files
from support.node_packages import ROOT, Node, find_node, installed

PICTURE = ROOT / "docs" / "editors.png"
_NAME = "editor_picture"
_SOURCE = ROOT / "tools" / _NAME
_SIZE = (1440, 430)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_LONGEST_S = 60


class _Page(SimpleHTTPRequestHandler):
    """Serves the page. An image of it is not sent before the page tells that all is shown.

    A browser takes its picture when everything has come, so it waits for that image.
    """

    def __init__(self, shown: threading.Event, *arguments: Any, **options: Any) -> None:
        self._shown = shown
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Send a file, or wait."""
        if self.path == "/shown":
            self._shown.set()
        elif self.path == "/wait":
            self._shown.wait(_LONGEST_S)
        else:
            super().do_GET()
            return
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing about what is served."""


def main() -> None:
    """Build the page, show it to a browser, and keep what that draws."""
    node = find_node()
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if node is None or browser is None:
        sys.exit("needs node with npm, and Chromium")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _build(folder, node)
        for name, text in schema_files(names_in(ROOT / "rules" / "nurture")).items():
            (folder / name).write_text(text, encoding="utf-8")
        shown = threading.Event()
        page = partial(_Page, shown, directory=scratch)
        with ThreadingHTTPServer(("127.0.0.1", 0), page) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _shoot(browser, f"http://127.0.0.1:{server.server_port}/page.html")
            server.shutdown()
        if not shown.is_set():
            sys.exit("the editor did not show what it should")
    print(f"wrote {PICTURE.name}")


def _build(folder: Path, node: Node) -> None:
    modules = installed(_NAME, node)
    for name in ("page.html", "page.js"):
        shutil.copyfile(_SOURCE / name, modules.parent / name)
    shutil.copyfile(_SOURCE / "page.html", folder / "page.html")
    inputs = (
        "page=page.js",
        "editor.worker=monaco-editor/esm/vs/editor/editor.worker.js",
        "yaml.worker=monaco-yaml/yaml.worker.js",
    )
    _run(
        [*node.node, str(modules / "esbuild" / "bin" / "esbuild"), *inputs, "--bundle",
         "--format=iife", "--loader:.ttf=dataurl", "--log-level=error", f"--outdir={folder}"],
        modules.parent,
    )  # fmt: skip


def _shoot(browser: str, address: str) -> None:
    width, height = _SIZE
    _run(
        [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--window-size={width},{height}",
         f"--screenshot={PICTURE}", address],
        ROOT,
    )  # fmt: skip


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(  # noqa: S603 - our own arguments
        command, cwd=folder, check=True, capture_output=True, timeout=300
    )


if __name__ == "__main__":
    main()

"""A YAML language server as an editor talks to it: the Language Server Protocol over pipes."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

_LONGEST_S = 120  # that an answer may take on a busy machine
_CAPABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "completion": {
            "completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}
        },
        "hover": {"contentFormat": ["markdown"]},
    },
}
_SETTINGS = {"yaml": {"schemaStore": {"enable": False}}}

Message = dict[str, Any]  # JSON of the protocol


@dataclass(frozen=True, slots=True)
class Marked:
    """A message about a file: the line and column, from 0, where it begins, and what it says."""

    line: int
    column: int
    message: str


@dataclass(slots=True)
class LanguageServer:
    """A server that runs, and the messages that it has sent."""

    process: subprocess.Popen[bytes]
    received: queue.Queue[Message | None]
    settings: Mapping[str, Any]
    last_id: int = 0
    about: dict[str, list[Message]] = field(default_factory=dict[str, "list[Message]"])

    # --- what an editor does -------------------------------------------------------------------

    def open(self, file: Path, text: str | None = None) -> tuple[Marked, ...]:
        """Open a file that was not open before, and return what the server marks in it.

        Args:
            file: where it is, or would be.
            text: what the editor holds, where that is not what stands in the file.
        """
        uri = file.as_uri()
        if text is None:
            text = file.read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self.about:
            self._take()
        marked = [
            Marked(each["range"]["start"]["line"], each["range"]["start"]["character"],
                   each["message"])
            for each in self.about[uri]
        ]  # fmt: skip
        return tuple(sorted(marked, key=lambda each: (each.line, each.column, each.message)))

    def completions(self, file: Path, line: int, column: int) -> dict[str, Message]:
        """Return what the server offers to write at a place, by what it shows for each."""
        result = self._ask("textDocument/completion", _at(file, line, column))
        return {item["label"]: item for item in result["items"]}

    def hover(self, file: Path, line: int, column: int) -> str:
        """Return what the server tells about a place, as Markdown."""
        result = self._ask("textDocument/hover", _at(file, line, column))
        return str(result["contents"]["value"]) if result else ""

    # --- the protocol --------------------------------------------------------------------------

    def begin(self, folder: Path) -> None:
        """Agree with the server on what both can do."""
        params = {"processId": None, "rootUri": folder.as_uri(), "capabilities": _CAPABILITIES}
        self._ask("initialize", params)
        self._send({"method": "initialized", "params": {}})

    def end(self) -> None:
        """Ask the server to end."""
        self._ask("shutdown", None)
        self._send({"method": "exit"})

    def _ask(self, method: str, params: Message | None) -> Any:
        self.last_id += 1
        asked = self.last_id
        self._send({"id": asked, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == asked and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def _take(self) -> Message:
        """Return the next message, and do what it asks for."""
        message = self.received.get(timeout=_LONGEST_S)
        if message is None:
            raise RuntimeError("the language server has ended")
        match message:
            case {"method": "workspace/configuration", "id": asked}:
                items = message["params"]["items"]
                told = [self.settings.get(item.get("section")) for item in items]
                self._send({"id": asked, "result": told})
            case {"method": "textDocument/publishDiagnostics"}:
                self.about[message["params"]["uri"]] = message["params"]["diagnostics"]
            case {"method": str(), "id": asked}:
                self._send({"id": asked, "result": None})
            case _:
                pass
        return message

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self.process.stdin
        if stream is None:
            raise RuntimeError("the language server was started without a pipe")
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stream.flush()


@contextmanager
def language_server(
    command: tuple[str, ...], folder: Path, schemas: Mapping[str, object] | None = None
) -> Iterator[LanguageServer]:
    """Run a server for the files of a folder.

    Args:
        command: that starts it.
        folder: as an editor opens it.
        schemas: patterns of files by schema, as an editor's settings have them.
    """
    settings = {**_SETTINGS, "yaml": {**_SETTINGS["yaml"], "schemas": dict(schemas or {})}}
    with subprocess.Popen(
        [*command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        received: queue.Queue[Message | None] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process.stdout, received), daemon=True)
        reader.start()
        server = LanguageServer(process, received, settings)
        try:
            server.begin(folder)
            yield server
            server.end()
        finally:
            process.kill()
            reader.join()


def _read(stream: IO[bytes], received: queue.Queue[Message | None]) -> None:
    """Put each message of a stream into a queue, and ``None`` at its end."""
    while header := stream.readline():
        length = 0
        while header.strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            header = stream.readline()
        received.put(json.loads(stream.read(length)))
    received.put(None)


def _at(file: Path, line: int, column: int) -> Message:
    position = {"line": line, "character": column}
    return {"textDocument": {"uri": file.as_uri()}, "position": position}

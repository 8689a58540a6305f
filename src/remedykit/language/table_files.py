"""Tables in CSV files beside the policy: their rows take the place of the file's name."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from remedykit.diagnostics import Findings, Place
from remedykit.language.cases import OPS
from remedykit.language.csv_reader import read_csv
from remedykit.language.names import did_you_mean
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence, SourceFile
from remedykit.language.table_rows import CSV

_TABLE_KEYS = frozenset({"table", *OPS})  # behind these stand rows
_KEYS_TOLD = ", ".join(f"`{key}:`" for key in ("table", *OPS))
_FILES = (CSV, ".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".tsv")  # only CSV is read


def with_tables(
    sources: tuple[SourceFile, ...], files: Map[str, bytes], findings: Findings
) -> tuple[SourceFile, ...]:
    """Return the files of a policy with the rows of its CSV files where these are named.

    Args:
        sources: the YAML files.
        files: all files by name; a table is named from the folder of the file that names it.
        findings: learns what is wrong with the files, and which of them no table names.
    """
    tables = _Tables({name: raw for name, raw in files.items() if name.endswith(CSV)}, findings)
    found = tuple(replace(source, root=tables.in_file(source.root)) for source in sources)
    for name in sorted(tables.files.keys() - tables.read.keys()):
        findings.add_source(name, ())
        findings.warning(
            "file-not-read",
            Place(name, 1, 1, 1, 2),
            "the file is not read, because no table names it",
            help=f"name it behind one of {_KEYS_TOLD}, or take it out of the folder",
        )
    return found


@dataclass(frozen=True, slots=True)
class _Tables:
    """The CSV files of one policy, each read once, when it is first named."""

    files: Map[str, bytes]
    findings: Findings
    read: dict[str, Sequence | None] = field(default_factory=dict[str, Sequence | None])

    def in_file(self, root: Node | None) -> Node | None:
        """Put rows into the defines and rules of one file."""
        if not isinstance(root, Mapping):
            return root
        return root._replace(entries=tuple(self._in_section(entry) for entry in root.entries))

    def _in_section(self, section: Entry) -> Entry:
        match section.key.text, section.value:
            case "define", Mapping() as named:
                entries = (Entry(key, self._in_map(value)) for key, value in named.entries)
                return Entry(section.key, named._replace(entries=tuple(entries)))
            case "rules", Sequence() as listed:
                items = tuple(map(self._in_map, listed.items))
                return Entry(section.key, listed._replace(items=items))
            case _:
                return section

    def _in_map(self, node: Node) -> Node:
        if not isinstance(node, Mapping) or not any(map(_names_a_file, node.entries)):
            return node
        return node._replace(entries=tuple(self._in_entry(entry) for entry in node.entries))

    def _in_entry(self, entry: Entry) -> Entry:
        if not (_names_a_file(entry) and isinstance(entry.value, Scalar)):
            return entry
        if not entry.value.text.endswith(CSV):
            self._no_csv(entry.value)
            return entry
        rows = self._rows(entry.value)
        return entry if rows is None else Entry(entry.key, rows)

    def _rows(self, written: Scalar) -> Sequence | None:
        """Return the rows of a file; ``None`` where a fault was reported."""
        name = _path(written)
        if name in self.read:
            return self.read[name]
        raw = self.files.get(name)
        if raw is not None:
            self.read[name] = read_csv(name, raw, self.findings)
            return self.read[name]
        folder = PurePosixPath(written.file).parent
        beside = [file for file in self.files if PurePosixPath(file).is_relative_to(folder)]
        known = [PurePosixPath(file).relative_to(folder).as_posix() for file in beside]
        self.findings.error(
            "no-such-table",
            written.place,
            f"the policy has no file `{written.text}`",
            help=did_you_mean(
                written.text, known, "name a CSV file of the policy, from the folder of this file"
            ),
        )
        return None

    def _no_csv(self, written: Scalar) -> None:
        """Report a table in a form that only spreadsheets read."""
        begin = written.text.rpartition(".")[0]
        self.findings.error(
            "no-such-table",
            written.place,
            f"a table is not read from `{written.text}`",
            help=f"save it as CSV, and name that file: `{begin}{CSV}`",
        )


def _names_a_file(entry: Entry) -> bool:
    value = entry.value
    named = isinstance(value, Scalar) and value.text.lower().endswith(_FILES)
    return named and entry.key.text in _TABLE_KEYS


def _path(written: Scalar) -> str:
    """Return the name of a file as the policy's files are called; ``..`` leads upward."""
    folder = [*PurePosixPath(written.file).parent.parts]
    for part in PurePosixPath(written.text).parts:
        if part != "..":
            folder.append(part)
        elif folder:
            folder.pop()
        else:
            return written.text  # above everything; no file has such a name
    return PurePosixPath(*folder).as_posix()

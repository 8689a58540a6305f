"""A composed policy as one YAML file, with a comment at each part that tells where it is from."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.diagnostics import Place
from remedykit.language.composition import Composed, key_of
from remedykit.language.sections import NAMED, SECTIONS
from remedykit.language.source import Entry, Mapping, Node, Scalar
from remedykit.language.yaml_writer import entry_lines, yaml_lines

_STEP = 2
_UNSAID = frozenset({"extends", "without"})  # what they did is done


def composed_text(composed: Composed) -> str:
    """Return a policy that loads to the same, without the policies that it extends.

    Comments, the order of what has none, and the layout of the files are not kept. What is sealed
    stays so.
    """
    return "".join(f"{line}\n" for line in _Writing(composed).lines())


def rule_text(composed: Composed, name: str) -> str | None:
    """Return one rule as `composed_text` has it; ``None`` if there is none of that id."""
    for node in composed.sections.listed.get("rules", ()):
        if _id_of(node) == name:
            return "".join(f"{line}\n" for line in _Writing(composed).clause("rules", node, 0))
    return None


def rule_names(composed: Composed) -> tuple[str, ...]:
    """Return the ids of all rules, sorted."""
    return tuple(sorted(map(_id_of, composed.sections.listed.get("rules", ()))))


class _Writing:
    def __init__(self, composed: Composed) -> None:
        self._composed = composed

    def lines(self) -> Iterator[str]:
        sections = self._composed.sections
        for section in SECTIONS:
            if section in _UNSAID:
                continue
            if section in sections.once:
                entry = sections.once[section]
                yield from self._origin(entry.key.place, None, 0)
                yield from entry_lines(entry)
            if section in NAMED and sections.named.get(section):
                yield f"\n{section}:"
                for _, entry in sorted(sections.named[section].items()):
                    yield from self._named(section, entry)
            if sections.listed.get(section):
                yield f"\n{section}:"
                for node in sorted(sections.listed[section], key=_id_of):
                    yield from self.clause(section, node, _STEP)

    def _named(self, section: str, entry: Entry) -> Iterator[str]:
        name = entry.key.text
        yield from self._origin(entry.key.place, self._replaced(section, name), _STEP)
        value = entry.value
        if key_of(section, name) in self._composed.sealed:
            value = _sealed(value)
        yield from entry_lines(Entry(entry.key, value), _STEP)

    def clause(self, section: str, node: Node, indent: int) -> Iterator[str]:
        """Give the lines of a rule or a limit."""
        name = _id_of(node)
        entry = node.get("id") if isinstance(node, Mapping) else None
        place = entry.value.place if entry and isinstance(entry.value, Scalar) else node.place
        yield from self._origin(place, self._replaced(section, name), indent)
        entitles = isinstance(node, Mapping) and node.get("entitle") is not None
        if not entitles and key_of(section, name) in self._composed.sealed:
            node = _sealed(node)
        first, *others = yaml_lines(node, indent + _STEP)
        yield f"{' ' * indent}- {first[indent + _STEP :]}"
        yield from others

    def _replaced(self, section: str, name: str) -> Place | None:
        replaced = self._composed.replaced.get(key_of(section, name))
        return replaced.place if replaced else None

    def _origin(self, place: Place, replaced: Place | None, indent: int) -> Iterator[str]:
        of = f", overrides {_line_of(replaced)}" if replaced else ""
        yield f"{' ' * indent}# {_line_of(place)}{of}"


def _line_of(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _id_of(node: Node) -> str:
    entry = node.get("id") if isinstance(node, Mapping) else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _sealed(node: Node) -> Node:
    """Return what is sealed with the mark that says so."""
    start = (node.file, node.line, node.column) if isinstance(node, Scalar) else node.place[:3]
    word = Scalar("true", "plain", *start, *start[1:])
    value = node if isinstance(node, Mapping) else None
    entries = value.entries if value else (Entry(word._replace(text="value"), node),)
    place = node.place
    return Mapping((*entries, Entry(word._replace(text="sealed"), word)), place)

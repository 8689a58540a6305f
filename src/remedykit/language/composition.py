"""Composing a policy with those that it extends: one policy of nodes that keep their places.

What the loader checks is the result; it hardly knows that there was more than one policy. What
needs checked rules to be told (what a sealed rule reads, what would weaken it) is in `sealed`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from collections.abc import Mapping as Map
from collections.abc import Sequence as Seq
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from remedykit.diagnostics import Findings, Place
from remedykit.language.composed_nodes import (
    differing,
    entitles,
    id_of,
    is_table,
    merged,
    place_of_id,
    shape,
)
from remedykit.language.fields import read_scalar, read_text, twice
from remedykit.language.marks import Marked, bare_expression, marked_clause, marked_entry
from remedykit.language.names import did_you_mean
from remedykit.language.overridden_params import is_value_alone, param_with
from remedykit.language.scope import DATED_BY
from remedykit.language.sections import NAMED, ONE_SPACE, Sections
from remedykit.language.source import Entry, Node, Scalar, Sequence

_OF_ITS_OWN = frozenset({"policy", "version", "extends"})  # never inherited
_UNSAID = {"dated_by": DATED_BY}
_FIXED = ("currencies", "dated_by")  # the base's amounts and periods are read by these
_CLAUSES = ("rules", "limits")
_MARKED = frozenset({"params", "define", "remedies"})
_WORDS = {
    "rules": "rule",
    "limits": "limit",
    "params": "param",
    "define": "define",
    "remedies": "remedy kind",
}

Key = tuple[str, str]  # a section, `names` for those that share their names, and a name in it


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an override replaces.

    Attributes:
        place: where the name of what is replaced stands.
        keys: those in which the two differ, where both are maps.
    """

    place: Place
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layer:
    """One policy of those that are composed."""

    sections: Sections
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A policy and all that it extends, as one.

    Attributes:
        sections: what the loader reads.
        layer_of: by file: 0 for the policy itself, 1 for the one that it extends, and so on.
        sealed: what is marked as sealed, and the entitlements, which are so without a mark.
        sealed_tables: the ids of the tables of rules among them; each row is a rule `id.row`.
        replaced: what overrides something, by its name.
    """

    sections: Sections
    layer_of: Map[str, int]
    sealed: frozenset[Key]
    sealed_tables: frozenset[str]
    replaced: Map[Key, Replaced]


def key_of(section: str, name: str) -> Key:
    """Return by what something is known: params and defines share their names."""
    return ("names" if section in ONE_SPACE else section, name)


def compose(layers: Seq[Layer], findings: Findings) -> Composed | None:
    """Return a policy together with those that it extends; ``None`` if one of these was not read.

    Args:
        layers: the policy, then the one that it extends, and so on.
        findings: learns what is wrong.
    """
    missing = layers[-1].sections.node("extends")
    if missing is not None:
        _report_missing(missing, findings)
        return None
    composer = _Composer(findings)
    for layer in reversed(layers):
        composer.add(layer.sections)
    return Composed(
        composer.sections([layer.sections for layer in layers]),
        {name: number for number, layer in enumerate(layers) for name in layer.files},
        frozenset(composer.sealed),
        composer.sealed_tables(),
        composer.replaced,
    )


def _report_missing(extends: Node, findings: Findings) -> None:
    """Report an `extends` for which nothing was read: it is no name, or not written plainly."""
    if isinstance(extends, Sequence):
        findings.error(
            "wrong-shape",
            extends.place,
            "a policy extends one policy, not a list of them",
            help="name one policy; that one may extend another one",
        )
        return
    word = read_text(extends, "the policy that is extended", findings)
    if word is not None:
        findings.error(
            "bad-base",
            extends.place,
            f"the policy `{word}` was not read",
            help="write `extends:` and the name of a policy, without escapes",
        )


@dataclass(frozen=True, slots=True)
class _Seal:
    place: Place
    label: str


@dataclass(slots=True)
class _Composer:
    """What is composed so far, from the last base up to the policy itself."""

    findings: Findings
    once: dict[str, Entry] = field(default_factory=dict[str, Entry])
    named: dict[str, dict[str, Entry]] = field(default_factory=dict[str, dict[str, Entry]])
    clauses: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    sealed: dict[Key, _Seal] = field(default_factory=dict[Key, _Seal])
    replaced: dict[Key, Replaced] = field(default_factory=dict[Key, Replaced])
    has_base: bool = False

    def add(self, layer: Sections) -> None:
        """Put a policy on top of what it extends."""
        self._add_once(layer.once)
        inherited = {
            key_of(section, name): section
            for section, entries in self.named.items()
            for name in entries
        }
        others = {name for section, name in self._all_names() if section in _WORDS}
        for section in NAMED:
            for _, entry in sorted(layer.named.get(section, {}).items()):
                self._add_named(section, entry, inherited)
        dropped = self._dropped(layer.listed.get("without", ()), others)
        for section in _CLAUSES:
            nodes = layer.listed.get(section, ())
            self._add_clauses(section, nodes, dropped if section == "rules" else {})
        self.has_base = True

    def sealed_tables(self) -> frozenset[str]:
        """Return the ids of the sealed tables of rules."""
        tables = {id_of(node) for node in self.clauses.get("rules", ()) if is_table(node)}
        return frozenset(name for section, name in self.sealed if section == "rules") & tables

    def sections(self, layers: Seq[Sections]) -> Sections:
        """Return what was composed."""
        listed = {section: deque(nodes) for section, nodes in self.clauses.items()}
        refused: dict[str, frozenset[str]] = {}
        for each in layers:
            for section, names in each.refused.items():
                refused[section] = refused.get(section, frozenset()) | names
        return Sections(
            self.once,
            self.named,
            listed,
            layers[0].start,
            any(each.has_unknown for each in layers),
            frozenset[str]().union(*(each.misspelt for each in layers)),
            refused,
        )

    # --- sections that stand once ----------------------------------------------------------------

    def _add_once(self, own: Map[str, Entry]) -> None:
        inherited = {key: each for key, each in self.once.items() if key not in _OF_ITS_OWN}
        said = dict(own)
        for key in own.keys() & set(_FIXED) if self.has_base else ():
            if not self._is_like_base(key, own[key], inherited.get(key)):
                del said[key]
        self.once = inherited | said
        if "ranking" in own and "ranking" in inherited:
            self.once["ranking"] = merged(own["ranking"], inherited["ranking"])

    def _is_like_base(self, section: str, own: Entry, base: Entry | None) -> bool:
        said = shape(base.value) if base else _UNSAID.get(section)
        if said is None or shape(own.value) == said:
            return True
        self.findings.error(
            "unlike-base",
            own.value.place,
            f"`{section}` differs from that of the base, whose rules are read by it",
            help="leave it out, or copy the base instead of extending it",
            also=(base.value.place, "the base says so here") if base else None,
        )
        return False

    # --- facts, calendars, params, defines, remedy kinds, guarded words --------------------------

    def _add_named(self, section: str, entry: Entry, inherited: Map[Key, str]) -> None:
        name = entry.key.text
        where = inherited.get(key_of(section, name))
        before = self.named[where][name] if where else None
        item = Marked(entry.key, entry.value)
        if section in _MARKED:
            item = marked_entry(entry, self.findings)
        if section == "define" and item.node is not entry.value:
            item = item._replace(node=bare_expression(item.node))
        if section == "params" and self.has_base and is_value_alone(entry.value):
            item = item._replace(override=True)
        base = _Before(before.key.place, before.value, where == section) if before else None
        if not self._is_taken(section, item, base):
            return
        if section == "params" and before is not None:
            item = item._replace(node=param_with(item.node, before, self.findings))
        self.named.setdefault(section, {})[name] = Entry(entry.key, item.node)

    # --- rules and limits ------------------------------------------------------------------------

    def _add_clauses(self, section: str, nodes: Iterable[Node], left_out: Map[str, Scalar]) -> None:
        """Put the clauses of a policy to those inherited; whether ids repeat here is told later."""
        inherited = {id_of(node): node for node in self.clauses.get(section, ())}
        kept = {name: node for name, node in inherited.items() if name not in left_out}
        own: list[Node] = []
        for node in nodes:
            item = marked_clause(node, self.findings)
            if item is None:  # it has no id, which its reader reports
                own.append(node)
                continue
            name = item.name.text
            before = inherited.get(name)
            base = _Before(place_of_id(before), before, True) if before is not None else None
            if self._is_taken(section, item, base):
                kept.pop(name, None)
                own.append(item.node)
            if name in left_out and item.override:
                twice(name, item.name, left_out[name], self.findings)
        self.clauses[section] = [*kept.values(), *own]

    def _dropped(self, nodes: Iterable[Node], others: AbstractSet[str]) -> dict[str, Scalar]:
        """Return the rules that a policy leaves out of its base, which has `others` to override."""
        inherited = {id_of(node) for node in self.clauses.get("rules", ())}
        dropped: dict[str, Scalar] = {}
        for node in nodes:
            word = read_scalar(node, "the id of a rule", "[a.rule, another.rule]", self.findings)
            if word is None:
                continue
            seal = self.sealed.get(("rules", word.text))
            if word.text not in inherited:
                self._not_left_out(word, inherited, others)
            elif seal is not None:
                self._touched(word, seal, "left out")
            elif dropped.setdefault(word.text, word) is not word:
                twice(word.text, word, dropped[word.text], self.findings)
        return dropped

    def _not_left_out(
        self, word: Scalar, inherited: Iterable[str], others: AbstractSet[str]
    ) -> None:
        """Report a word of `without` that is no rule of the base."""
        if word.text in others:
            help_ = "only rules can be left out; write it once more, with `override: true`"
            self._not_in_base("rules", word, (), help_)
        else:
            self._not_in_base("rules", word, inherited, "leave it out of `without`")

    # --- overriding ------------------------------------------------------------------------------

    def _is_taken(self, section: str, item: Marked, before: _Before | None) -> bool:
        """Whether something stands in the policy, new or in place of what it overrides."""
        key = key_of(section, item.name.text)
        if before is None and item.override:
            names = [name for kind, name in self._all_names() if kind == section]
            self._not_in_base(section, item.name, names, "leave `override` out, to declare it here")
            return False
        if before is not None and not (item.override and before.is_alike):
            self._repeated(section, item.name, before)
            return False
        if before is not None and key in self.sealed:
            self._touched(item.name, self.sealed[key], "overridden")
            return False
        if before is not None:
            self.replaced[key] = Replaced(before.place, differing(item.node, before.node))
        if item.sealed or (section == "rules" and entitles(item.node)):
            label = "it is sealed here" if item.sealed else "a right of the customer is sealed"
            self.sealed[key] = _Seal(item.name.place, label)
        return True

    def _all_names(self) -> Iterable[Key]:
        for section, entries in self.named.items():
            yield from ((section, name) for name in entries)
        for section, nodes in self.clauses.items():
            yield from ((section, id_of(node)) for node in nodes)

    # --- faults ----------------------------------------------------------------------------------

    def _not_in_base(
        self, section: str, word: Scalar, names: Iterable[str], otherwise: str
    ) -> None:
        what = f"{_WORDS[section]} `{word.text}`"
        self.findings.error(
            "not-in-base",
            word.place,
            f"the base has no {what}"
            if self.has_base
            else f"there is no base that could have a {what}",
            help=did_you_mean(word.text, names, otherwise)
            if self.has_base
            else "name it at the top, such as `extends: nurture`",
        )

    def _repeated(self, section: str, name: Scalar, before: _Before) -> None:
        overridable = before.is_alike and section in _WORDS
        self.findings.error(
            "duplicate-name",
            name.place,
            f"`{name.text}` is declared in the base already",
            help="to replace that one add `override: true`; else choose another name"
            if overridable
            else "use it as it is, or choose another name",
            also=(before.place, "it is declared here"),
        )

    def _touched(self, name: Scalar, seal: _Seal, how: str) -> None:
        self.findings.error(
            "sealed",
            name.place,
            f"`{name.text}` is sealed and cannot be {how}",
            help="leave it as it is; other rules may add to it",
            also=(seal.place, seal.label),
        )


@dataclass(frozen=True, slots=True)
class _Before:
    """What the base has under a name.

    Attributes:
        place: of the name.
        node: what stands there.
        is_alike: whether it is of the section that the name now stands in.
    """

    place: Place
    node: Node
    is_alike: bool

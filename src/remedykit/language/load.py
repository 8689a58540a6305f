"""From files to a checked policy: the order in which the sections are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from remedykit.diagnostics import (
    MOST_FINDINGS,
    Diagnostic,
    Findings,
    Place,
    TooManyFindings,
)
from remedykit.errors import PolicyError
from remedykit.language.calendars import read_calendar
from remedykit.language.canonical import digest_of
from remedykit.language.catalogue import read_kind
from remedykit.language.composition import Composed, Layer, compose
from remedykit.language.dated_params import read_params
from remedykit.language.defines import read_defines
from remedykit.language.fields import declared_twice
from remedykit.language.header import read_covers, read_currencies, read_header, read_zone
from remedykit.language.names import is_dotted
from remedykit.language.own_facts import has_name, read_fact
from remedykit.language.periods import read_dated_by
from remedykit.language.plan_sets import check_sets
from remedykit.language.ranking_section import read_ranking
from remedykit.language.repeated import Repeated
from remedykit.language.rule_checks import check_rules
from remedykit.language.rule_tables import with_rows
from remedykit.language.rules import read_limit, read_rule, scopes_by_effect
from remedykit.language.scope import Scope
from remedykit.language.sealed import check_sealed
from remedykit.language.sections import Sections, collect, report_two_policies
from remedykit.language.source import Entry, Node, SourceFile
from remedykit.language.syntax import CheckedPolicy, Define, Limit, RemedyKind, Rule
from remedykit.language.table_files import with_tables
from remedykit.language.table_rows import CSV
from remedykit.language.text_checks import check_texts, read_guarded_word
from remedykit.language.timeline_facts import (
    declare_timeline_fact,
    follows_from_timeline,
    read_timeline,
)
from remedykit.language.types import FactDeclaration, Schema
from remedykit.language.yaml_reader import read_source

Checked = TypeVar("Checked")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def place(self) -> Place: ...


Ided = TypeVar("Ided", bound=_Identified)


def load_policy(
    files: Mapping[str, bytes],
    schema: Schema,
    findings: Findings,
    bases: Sequence[Mapping[str, bytes]] = (),
) -> tuple[CheckedPolicy, tuple[Diagnostic, ...]]:
    """Return the checked policy and the warnings.

    Args:
        files: what stands in the policy's files, by the names that places show; in any order.
        schema: the facts of the models.
        findings: what looking for the files has already found.
        bases: the files of the policy that this one extends, of the one that that one extends, and
            so on; see `bases.read_layers`.

    Raises:
        PolicyError: with every fault found.
    """
    policy = None
    try:
        composed = read_composed((files, *bases), findings)
        if composed is not None:
            policy = _check(composed, schema, findings)
    except TooManyFindings:  # what was found until then is raised below
        _tell_that_reading_stopped(findings)
    if policy is None or findings.errors:
        raise PolicyError(findings.errors)
    return replace(policy, digest=digest_of(policy)), findings.sorted()


def read_composed(layers: Sequence[Mapping[str, bytes]], findings: Findings) -> Composed | None:
    """Return what stands in the files of a policy and of those that it extends, as one.

    Args:
        layers: the files of the policy, then of the one that it extends, and so on.
        findings: learns what is wrong; ``None`` is returned if a file cannot be read.
    """
    read = [_sources(files, findings) for files in layers]
    if findings.errors:
        return None
    return compose(
        [
            Layer(collect(sources, findings), tuple(files))
            for sources, files in zip(read, layers, strict=True)
        ],
        findings,
    )


def _sources(files: Mapping[str, bytes], findings: Findings) -> tuple[SourceFile, ...]:
    """Return the YAML files of one policy, with the rows of the CSV files that they name."""
    names = sorted(name for name in files if not name.endswith(CSV))
    read = [read_source(name, files[name], findings) for name in names]
    sources = tuple(filter(None, read))
    report_two_policies(sources, findings)
    return with_tables(sources, files, findings)


def _tell_that_reading_stopped(findings: Findings) -> None:
    """Report behind everything else that there may be more."""
    name, lines = max(findings.sources.items())
    line, column = len(lines), len(lines[-1]) + 1
    with suppress(TooManyFindings):
        findings.error(
            "too-many-faults",
            Place(name, line, column, line, column + 1),
            f"the policy was not read further: {MOST_FINDINGS} faults are enough",
            help="mend those above first",
        )


def _check(composed: Composed, schema: Schema, findings: Findings) -> CheckedPolicy | None:
    sections = composed.sections
    name = read_header(sections, "policy", findings)
    version = read_header(sections, "version", findings)
    covers = read_covers(sections, findings)
    if sections.has_unknown:
        return None  # what stands in a misspelt section would be reported as missing everywhere
    scope = _with_names(sections, schema, findings)
    declared = _read(sections, "remedies", read_kind, scope)
    declared |= dict.fromkeys(sections.refused.get("remedies", ()))
    own_facts = sections.named.get("facts", {})
    timeline = read_timeline(own_facts, declared, scope)
    rules, limits = _clauses(sections, declared, scope)
    ranking = read_ranking(sections.node("ranking"), scope)
    guarded = _named(sections, "guarded_words", read_guarded_word, scope)
    if findings.errors:
        return None
    kinds = {name: kind for name, kind in declared.items() if kind is not None}
    check_rules(rules, limits, kinds, scope)
    check_texts(rules, kinds, guarded, scope)
    check_sets(rules, kinds, findings)
    policy = CheckedPolicy(
        name=name,
        version=version,
        currencies=scope.currencies,
        timezone=scope.zone.key if scope.zone else None,
        covers=covers,
        schema=Schema(tuple(scope.facts[name] for name in sorted(scope.facts))),
        own_facts=tuple(sorted(own_facts.keys() - {fact.name for fact in timeline})),
        params=tuple(
            scope.params[name] for name in sorted(scope.params) if name not in scope.defines
        ),
        defines=tuple(scope.defines.values()),
        remedies=tuple(kinds[name] for name in sorted(kinds)),
        rules=rules,
        limits=limits,
        ranking=ranking,
        calendars=tuple(
            calendar for _, calendar in sorted(scope.calendars.items()) if calendar is not None
        ),
        timeline=timeline,
    )
    check_sealed(policy, composed, findings)
    return policy


def _clauses(
    sections: Sections, kinds: Mapping[str, RemedyKind | None], scope: Scope
) -> tuple[tuple[Rule, ...], tuple[Limit, ...]]:
    """Read what reads everything else; of a kind that is ``None``, a fault was reported."""
    scopes = scopes_by_effect(kinds, scope)
    rules = _listed(
        with_rows(_nodes(sections, "rules"), scopes, scope),
        lambda node: read_rule(node, kinds, scope, scopes),
        scope.findings,
    )
    limits = _listed(
        _nodes(sections, "limits"),
        lambda node: read_limit(node, kinds, scope, scopes),
        scope.findings,
    )
    return rules, limits


def _with_names(sections: Sections, schema: Schema, findings: Findings) -> Scope:
    """Read what gives names to the rest: currencies, zone, facts, params and defines."""
    scope = Scope(
        findings=findings,
        facts={item.name: item for item in schema.declarations},
        currencies=read_currencies(sections, findings),
        zone=read_zone(sections, findings),
    )
    scope = replace(scope, facts=_facts(sections, scope))
    scope = replace(scope, dated_by=read_dated_by(sections.node("dated_by"), scope))
    refused_calendars = dict.fromkeys(sections.refused.get("calendars", ()))
    calendars = refused_calendars | _read(sections, "calendars", read_calendar, scope)
    params = read_params(sections.named.get("params", {}), scope)
    defines = sections.named.get("define", {})
    declared = [sections.named.get(section, {}) for section in ("facts", "params", "define")]
    refused = [sections.refused.get(section, ()) for section in ("params", "define")]
    upcoming = frozenset[str]().union(*declared, *refused)
    scope = replace(
        scope,
        calendars=calendars,
        params=params.constants,
        defines=params.dated,
        repeated=Repeated(),
        upcoming=upcoming,
        unreadable=frozenset(name for name in upcoming if not is_dotted(name)),
        define_names=frozenset(defines),
    )
    checked: dict[str, Define] = read_defines(defines, scope)
    return replace(scope, defines=checked)


def _facts(sections: Sections, scope: Scope) -> dict[str, FactDeclaration]:
    known = dict(scope.facts)
    for name, entry in sorted(sections.named.get("facts", {}).items()):
        if name in scope.facts:
            scope.findings.error(
                "duplicate-name",
                entry.key.place,
                f"`{name}` is a fact of the models already",
                help="read it as it is, or choose another name",
            )
            continue
        declared = _declared(entry, scope)
        if declared is not None:
            known[name] = declared
    return known


def _declared(entry: Entry, scope: Scope) -> FactDeclaration | None:
    if not has_name(entry, scope.findings):
        return None
    if follows_from_timeline(entry.value):
        return declare_timeline_fact(entry.key, entry.value, scope)
    return read_fact(entry, scope)


def _read(
    sections: Sections, section: str, read: Callable[[Entry, Scope], Checked | None], scope: Scope
) -> dict[str, Checked | None]:
    """Return what a section declares; ``None`` where a fault was reported."""
    entries: Mapping[str, Entry] = sections.named.get(section, {})
    return {name: read(entries[name], scope) for name in sorted(entries)}


def _named(
    sections: Sections, section: str, read: Callable[[Entry, Scope], Checked | None], scope: Scope
) -> dict[str, Checked]:
    found = _read(sections, section, read, scope)
    return {name: item for name, item in found.items() if item is not None}


def _nodes(sections: Sections, section: str) -> deque[Node]:
    return sections.listed.get(section, deque())


def _listed(
    nodes: deque[Node], read: Callable[[Node], Ided | None], findings: Findings
) -> tuple[Ided, ...]:
    by_id: dict[str, Ided] = {}
    while nodes:
        # Taken out, a node is freed as soon as it was read: a large policy need not be in memory
        # twice, and Python's garbage collector not walk through both again and again.
        item = read(nodes.popleft())
        if item is None:
            continue
        first = by_id.setdefault(item.id, item)
        if first is not item:
            help = "each rule and each limit has an id of its own"
            declared_twice(item.id, item.place, first.place, help, findings)
    return tuple(by_id[name] for name in sorted(by_id))

"""What is watched of a policy: its clauses, remedy kinds and defines, each with its targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from remedykit.authoring.analysis.conditions import POSSIBLY
from remedykit.authoring.analysis.unused import used_names
from remedykit.authoring.boundaries.hosts import Hosts
from remedykit.authoring.coverage.possible import Room
from remedykit.authoring.coverage.probes import Joined, Probe
from remedykit.authoring.coverage.targets import Clause, Origin, Target, TargetList
from remedykit.authoring.situations.search import first_currency
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Cases,
    CheckedPolicy,
    Define,
    Expression,
    Forbid,
    Limit,
    RemedyKind,
    Rule,
    Selector,
)
from remedykit.language.types import BOOL


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedClause:
    """A rule or limit.

    Attributes:
        fires: of a rule, the target that its condition holds.
        applies: the target that it acts on a remedy; 0 if there is none that it could act on.
        reached: of a limit, the target that a remedy is worth more than it allows.
        of: the remedies that it is about; ``None`` if it is about none in particular.
        on_facts: its tests on facts.
        on_remedy: its tests on the remedy at hand.
    """

    clause: Rule | Limit
    fires: int
    applies: int
    reached: int
    of: Selector | None
    on_facts: Probe
    on_remedy: Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedKind:
    """A remedy kind: the targets that it is offered and comes first, and its conditions.

    Attributes:
        conditions: what it needs and what it states, which must hold together.
    """

    kind: RemedyKind
    offered: int
    first: int
    conditions: Probe


@dataclass(frozen=True, slots=True)
class WatchedRows:
    """The rows of a define, each with the target that it is chosen; `otherwise` if none is."""

    is_first: bool
    rows: tuple[tuple[Probe, int], ...]
    otherwise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """All of a policy that decisions are measured by.

    Attributes:
        targets: the place of each is its number.
        origins: where each of them comes from.
        kinds: by name.
        defines: rows, or the condition that a define stands for.
        about_remedies: whether any clause is about remedies.
    """

    targets: tuple[Target, ...]
    origins: tuple[Origin, ...]
    clauses: tuple[WatchedClause, ...]
    kinds: Mapping[str, WatchedKind]
    defines: tuple[WatchedRows | Probe, ...]
    about_remedies: bool

    @classmethod
    def of(cls, policy: CheckedPolicy) -> Watched:
        """Return what is watched of a policy."""
        targets, room = TargetList(first_currency(policy)), Room.of(policy)
        hosts = Hosts.of(policy)
        making = _Making(targets, room, hosts)
        rules_and_limits: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
        clauses = tuple(_clause(each, making) for each in rules_and_limits)
        claiming: dict[str, list[Expression]] = {}
        for each in hosts.offerings:
            claiming.setdefault(each.kind.name, []).append(each.rule.condition)
        kinds = {
            kind.name: _kind(kind, targets, room.where_any(claiming.get(kind.name, ())))
            for kind in policy.remedies
        }
        used = used_names(policy)  # of another define a decision keeps no facts
        read = (define for define in policy.defines if define.name in used)
        defines = tuple(_defines(read, targets, room))
        return cls(
            targets=tuple(targets.found),
            origins=tuple(targets.origins),
            clauses=clauses,
            kinds=kinds,
            defines=defines,
            about_remedies=any(clause.of is not None for clause in clauses),
        )


def selector_of(clause: Rule | Limit) -> Selector | None:
    """Return the remedies that a clause is about; ``None`` if it is about none in particular."""
    match clause:
        case Limit(of=of) | Rule(effect=Forbid(of=of) | Adjust(of=of) | AskApproval(of=of)):
            return of
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Making:
    """What the targets of rules and limits are made with."""

    targets: TargetList
    room: Room
    hosts: Hosts

    def meets(self, clause: Rule | Limit, of: Selector) -> bool:
        """Return whether a clause can hold where a remedy is offered that it is about."""
        room = self.room.where(clause.condition, POSSIBLY)
        return any(
            room.where(each.rule.condition, POSSIBLY).boxes
            for each in self.hosts.selected(of, clause.remedy_condition)
        )


def _clause(owner: Rule | Limit, made: _Making) -> WatchedClause:
    is_limit, of = isinstance(owner, Limit), selector_of(owner)
    clause = Clause(f"{'limit' if is_limit else 'rule'}:{owner.id}", owner)
    targets, meets = made.targets, of is not None and made.meets(owner, of)
    return WatchedClause(
        clause=owner,
        fires=0 if is_limit else targets.add(clause, "fires"),
        applies=targets.add(clause, "applies") if meets else 0,
        reached=targets.add(clause, "reached") if is_limit and meets else 0,
        of=of,
        on_facts=targets.probe(clause, owner.condition, made.room),
        on_remedy=targets.probe(clause, owner.remedy_condition, made.room),
    )


def _kind(kind: RemedyKind, targets: TargetList, room: Room) -> WatchedKind:
    clause = Clause(f"remedy:{kind.name}", kind)
    needs, states = Clause(f"needs:{kind.name}", kind), Clause(f"states:{kind.name}", kind)
    return WatchedKind(
        kind=kind,
        offered=targets.add(clause, "offered"),
        first=targets.add(clause, "first"),
        conditions=Joined(
            (
                targets.probe(needs, kind.needs, room.where(kind.states, POSSIBLY)),
                targets.probe(states, kind.states, room.where(kind.needs, POSSIBLY)),
            ),
            decided_by=False,
        ),
    )


def _defines(
    defines: Iterable[Define], targets: TargetList, room: Room
) -> Iterator[WatchedRows | Probe]:
    """Yield what is watched of defines; those that only compute have nothing to be seen."""
    for define in defines:
        clause = Clause(f"define:{define.name}", define)
        if isinstance(define.body, Cases):
            yield _rows(clause, define.body, targets, room)
        elif define.type == BOOL:
            yield targets.probe(clause, define.body, room)


def _rows(clause: Clause, cases: Cases, targets: TargetList, room: Room) -> WatchedRows:
    rows: list[tuple[Probe, int]] = []
    before = room  # where no earlier row decides
    for number, row in enumerate(cases.rows):
        probe = targets.probe(clause, row.when, before)
        rows.append((probe, targets.add_row(clause, number, f"row {number + 1}", row.place)))
        if cases.op == "first":
            before = before.where(row.when, POSSIBLY.turned)
    last, otherwise = cases.otherwise, 0
    if last is not None and not room.is_full_of(row.when for row in cases.rows):
        otherwise = targets.add_row(clause, len(rows), "else", last.place)
    return WatchedRows(cases.op == "first", tuple(rows), otherwise)

"""The answer to «why not?»: the smallest changes of facts that would have a remedy kind offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remedykit.diagnostics import printable
from remedykit.model.decision import PolicyRef, Remedy
from remedykit.model.markup import element, escaped, listing, paragraph

_UNKNOWN = "unknown"
_OTHER_LINES = "where this follows from the affected lines, the lines would have to be others"
_OFFERED = "it is offered already: nothing need be otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """One fact that would be otherwise.

    Attributes:
        fact: its name.
        before: its value, as it can be handed in; ``None`` if it is unknown, and «(personal)» if
            it is personal.
        after: the value that it would have, as it can be handed in.
        text: the change in words, such as ``3 more days late``.
        of_lines: whether it is known, and says something of the affected lines: where it follows
            from them, it cannot be handed in, they would have to be others.
    """

    fact: str
    before: str | None
    after: str
    text: str
    of_lines: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it is unknown now: it need only be told, nothing need be otherwise."""
        return self.before is None

    def __str__(self) -> str:
        """Return the change in words, with the name of the fact and both values."""
        return f"{self.text} ({self.values})"

    @property
    def values(self) -> str:
        """The name of the fact with both values, as in ``incident.days_late: 2 -> 5``."""
        before = _UNKNOWN if self.before is None else self.before
        return f"{self.fact}: {before} -> {self.after}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact that must be handed in as it is: else it would follow from one that is changed.

    Attributes:
        fact: its name.
        value: as it can be handed in.
    """

    fact: str
    value: str

    def __str__(self) -> str:
        """Return what to hand in, and that it must be."""
        return f"{self.fact}: {self.value} must be handed in, too"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """Changes that together would have the remedy kind offered; it was decided again with them.

    None of them can be left out.

    Attributes:
        changes: by the name of the fact.
        follows: what changes with them, because it follows from them.
        kept: what must be handed in with them, so that it does not change.
        remedy: the remedy as it would be offered.
    """

    changes: tuple[FactChange, ...]
    follows: tuple[FactChange, ...]
    kept: tuple[Kept, ...]
    remedy: Remedy

    @property
    def text(self) -> str:
        """The changes in words."""
        return " and ".join(change.text for change in self.changes)

    def __str__(self) -> str:
        """Return the changes with names and values."""
        told = " and ".join(map(str, self.changes))
        kept = "".join(f"; {each}" for each in self.kept)
        return told + kept + "".join(f"; then {change}" for change in self.follows)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What would have to be otherwise for a remedy kind to be offered; ``str`` shows it.

    Attributes:
        kind: the remedy kind.
        title: its title.
        offered: whether the decision offers it already; then there is nothing to change.
        standing: where it stands now, such as ``withheld, forbidden (no.perk)``.
        nearest: the smallest changes, the smallest first; no two have the same facts, and none has
            all the facts of another one.
        blocked: where there is none: what stands in the way, one sentence each.
        tried: how many situations were decided.
        gave_up: whether the search ended before it had tried all it meant to.
    """

    policy: PolicyRef
    kind: str
    title: str
    offered: bool
    standing: str
    nearest: tuple[Nearest, ...]
    blocked: tuple[str, ...]
    tried: int
    gave_up: bool

    @property
    def text(self) -> str:
        """The changes in one line of words; empty if there are none."""
        return ", or ".join(each.text for each in self.nearest)

    def __str__(self) -> str:
        """Return it as plain text."""
        return "\n".join(printable(line) for line in self._lines())

    def _repr_html_(self) -> str:
        """Return it as small HTML, everything escaped."""
        title = element("h4", escaped(f"Policy {self.policy.name} {self.policy.version}"))
        changes = listing(f"{each}: {_as_offered(each.remedy)}" for each in self.nearest)
        blocked = listing((_OFFERED,) if self.offered else self.blocked)
        return element("div", title + paragraph(self._headline()) + changes + blocked)

    def _headline(self) -> str:
        return f"{self.kind}: {self.standing}"

    def _lines(self) -> Iterator[str]:
        yield f"policy {self.policy.name} {self.policy.version}"
        yield ""
        yield self._headline()
        if self.offered:
            yield f"  {_OFFERED}"
        for number, each in enumerate(self.nearest, 1):
            yield f"  {number}. {each.text}"
            yield from (f"     {change.values}" for change in each.changes)
            if any(change.of_lines for change in each.changes):
                yield f"     {_OTHER_LINES}"
            yield from (f"     {kept}" for kept in each.kept)
            yield from (f"     then {change.values}" for change in each.follows)
            yield f"     {_as_offered(each.remedy)}"
        yield from (f"  {line}" for line in self.blocked)
        if self.nearest and self.gave_up:
            yield f"  the search ended after {self.tried} situations: there may be smaller changes"


def _as_offered(remedy: Remedy) -> str:
    worth = "" if remedy.value is None else f", worth {remedy.value}"
    where = "in the plan" if remedy.in_plan else "an alternative"
    confirm = ", to confirm" if remedy.to_confirm else ""
    return f"offered {where}, rank {remedy.rank}{worth}{confirm}"

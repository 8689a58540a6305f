"""What the words of a policy may refer to, while it is being checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from remedykit.diagnostics import Findings, Place
from remedykit.language.hints import for_name
from remedykit.language.names import closest, did_you_mean, listed
from remedykit.language.repeated import Repeated
from remedykit.language.syntax import (
    Calendar,
    Define,
    DefineRead,
    FactRead,
    Param,
    ParamRead,
    RemedyRead,
)
from remedykit.language.types import FactDeclaration, FactType

DATED_BY = "order.placed_at"  # what was in force when somebody bought is what he was promised

Read = FactRead | DefineRead | ParamRead | RemedyRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names in reach of one section.

    Attributes:
        findings: where faults are reported.
        facts: declarations by name.
        params: checked params by name.
        defines: checked defines by name: those that may be read here.
        currencies: of the policy; money literals need exactly one.
        zone: the policy's time zone, if it names one.
        dated_by: the name of the fact whose day decides what is in force.
        calendars: by name; ``None`` for one with a fault of its own.
        remedy: types of the ``remedy.*`` names that may be read here.
        upcoming: every name that the policy declares, also one with a fault of its own, which is
            then not reported again as unknown.
        define_names: those of them that are defines.
        unreadable: those of them that no expression can read, because they are no names.
        repeated: what was read here before.
    """

    findings: Findings
    facts: Mapping[str, FactDeclaration]
    params: Mapping[str, Param] = field(default_factory=dict[str, Param])
    defines: Mapping[str, Define] = field(default_factory=dict[str, Define])
    currencies: tuple[str, ...] = ()
    zone: ZoneInfo | None = None
    dated_by: str = DATED_BY
    calendars: Mapping[str, Calendar | None] = field(default_factory=dict[str, Calendar | None])
    remedy: Mapping[str, FactType] = field(default_factory=dict[str, FactType])
    upcoming: frozenset[str] = frozenset()
    define_names: frozenset[str] = frozenset()
    unreadable: frozenset[str] = frozenset()
    repeated: Repeated = field(default_factory=Repeated)

    def without_remedy(self) -> Scope:
        """Return the scope of what may read no ``remedy.*`` name."""
        return replace(self, remedy={}) if self.remedy else self

    def find(self, name: str, place: Place) -> Read | None:
        """Return the read of `name`, or ``None``; nothing is reported."""
        fact = self.facts.get(name)
        if fact is not None:
            return FactRead(name, fact.type, place)
        if name in self.defines:
            return DefineRead(name, self.defines[name].type, place)
        if name in self.params:
            return ParamRead(name, self.params[name].type, place)
        if name in self.remedy:
            return RemedyRead(name, self.remedy[name], place)
        return None

    def read(self, name: str, place: Place) -> Read | None:
        """Return the read of `name`, or report why there is none."""
        found = self.find(name, place)
        if found is None and name not in self.upcoming:
            self.unknown(name, place)
        return found

    def unknown(self, name: str, place: Place) -> None:
        """Report that nothing is called `name`."""
        owner = self._owner_of_value(name)
        if name.startswith("remedy."):
            self._misplaced_remedy(name, place)
        elif owner is not None:
            for_value = f"in an expression write '{name}', in a test `{owner}: {name}`"
            self.findings.error(
                "unquoted-word",
                place,
                f"`{name}` is a value of `{owner}`, not a name",
                help="; ".join(filter(None, (for_value, for_name(name)))),
            )
        elif "." in name:
            self.findings.error(
                "unknown-fact",
                place,
                f"there is no fact `{name}`",
                help=did_you_mean(name, self.names, "`remedykit facts` lists every fact"),
            )
        else:
            self.findings.error(
                "unknown-name",
                place,
                f"there is no fact, param or define `{name}`",
                help=for_name(name)
                or did_you_mean(name, self.names, "declare it under `params` or `define`"),
            )

    def _misplaced_remedy(self, name: str, place: Place) -> None:
        elsewhere = name in self.remedy or not self.remedy
        words = [item.removeprefix("remedy.") for item in self.remedy]
        meant = closest(name.removeprefix("remedy."), words)
        self.findings.error(
            "remedy-test-place",
            place,
            f"`{name}` cannot be read here",
            help="tests on `remedy.*` stand directly under a rule's or limit's `when`"
            if elsewhere
            else f"did you mean `remedy.{meant}`?"
            if meant
            else f"what can be read here is {listed(self.remedy)}",
        )

    @property
    def names(self) -> list[str]:
        """Every name in reach."""
        return [*self.facts, *self.defines, *self.params, *self.remedy]

    def _owner_of_value(self, word: str) -> str | None:
        for name in sorted(self.facts):
            if word in (self.facts[name].type.values or ()):
                return name
        return None

"""What of a policy was exercised, and what is missing; several runs are put together exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from remedykit.authoring.coverage.targets import Target
from remedykit.engine.matching import members
from remedykit.model.decision import PolicyRef

_NOTHING_TO_SEE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The targets of a policy, and which of them some decisions have shown.

    Attributes:
        policy: whose targets they are.
        targets: clause by clause.
        seen: the numbers of those that were shown, as a set of bits: bit `n` is ``targets[n]``.
        decisions: how many were looked at.
    """

    policy: PolicyRef
    targets: tuple[Target, ...]
    seen: int
    decisions: int

    @property
    def covered(self) -> int:
        """How many targets were seen."""
        return self.seen.bit_count()

    @property
    def share(self) -> Fraction:
        """The share of targets that were seen, from 0 to 1; 1 where there is none."""
        return share_of(self.covered, len(self.targets))

    @property
    def missing(self) -> tuple[Target, ...]:
        """The targets that were not seen, in the order of their place."""
        return in_order(self.targets[number] for number in self.missing_numbers)

    @property
    def missing_numbers(self) -> tuple[int, ...]:
        """The numbers of the targets that were not seen, ascending."""
        return tuple(members(((1 << len(self.targets)) - 1) & ~self.seen))

    def merged(self, other: Coverage) -> Coverage:
        """Return what two runs of the same policy have shown together.

        Raises:
            ValueError: if the other one is of another policy.
        """
        if other.policy.digest != self.policy.digest:
            mine, its = self.policy, other.policy
            raise ValueError(
                f"coverage of {its.name} {its.version} ({its.digest[:12]}) is none of "
                f"{mine.name} {mine.version} ({mine.digest[:12]})"
            )
        return replace(
            self, seen=self.seen | other.seen, decisions=self.decisions + other.decisions
        )


def share_of(covered: int, all_: int) -> Fraction:
    """Return a share, from 0 to 1; the whole where there is nothing to cover."""
    return Fraction(covered, all_) if all_ else _NOTHING_TO_SEE


def percent(share: Fraction) -> Decimal:
    """Return a share in percent with one decimal, rounded down: 100 is said of all only."""
    return Decimal(int(share * 1000)).scaleb(-1)


def in_order(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return targets in the order of their place; those of one place stay as they are."""
    return tuple(sorted(targets, key=lambda each: each.place))

"""What is told of the coverage of one policy: by file, and what is missing with facts for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from remedykit.authoring.coverage.coverage import Coverage, share_of
from remedykit.authoring.coverage.exercising import Exerciser, Missing
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.targets import Target
from remedykit.engine.matching import members

MOST_TOLD = 8  # of what is missing on a terminal; the page and the JSON have all


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """How many targets stand in a file of a policy, and how many of them were seen."""

    file: str
    targets: int
    covered: int

    @property
    def share(self) -> Fraction:
        """The share that was seen, from 0 to 1."""
        return share_of(self.covered, self.targets)


@dataclass(frozen=True)
class CoverageReport:
    """The coverage of one policy with all that is told about it.

    Attributes:
        foremost: the first `MOST_TOLD` of what was not seen, with facts that would show it: rules
            that never fire and what is never offered or chosen, and then the rest.
        exerciser: finds facts for the rest.
    """

    coverage: Coverage
    foremost: tuple[Missing, ...]
    exerciser: Exerciser

    @classmethod
    def of(cls, meter: Meter, coverage: Coverage) -> CoverageReport:
        """Return the report on a coverage that a meter has measured; facts are searched for it."""
        exerciser = Exerciser.of(meter)
        foremost = exerciser.foremost(coverage, MOST_TOLD)
        return cls(coverage, foremost, exerciser)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """All that was not seen, in the order of its place; many take their time."""
        return tuple(self.exerciser.missing(self.coverage))

    @property
    def title(self) -> str:
        """What to call the policy: name and version."""
        return f"{self.coverage.policy.name} {self.coverage.policy.version}"

    @property
    def files(self) -> tuple[FileCoverage, ...]:
        """The files in which something is to be seen, by name; those of bases among them."""
        targets = self.coverage.targets
        all_ = _by_file(targets)
        covered = _by_file(targets[number] for number in members(self.coverage.seen))
        return tuple(FileCoverage(file, all_[file], covered.get(file, 0)) for file in sorted(all_))


def _by_file(targets: Iterable[Target]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for target in targets:
        counts[target.place.file] = counts.get(target.place.file, 0) + 1
    return counts

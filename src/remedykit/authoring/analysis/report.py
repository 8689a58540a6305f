"""Findings as diagnostics, each with the situation that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from remedykit.authoring.analysis.conditions import Box
from remedykit.authoring.analysis.example_text import lines_of
from remedykit.authoring.analysis.material import Acting, Material
from remedykit.authoring.analysis.witnesses import Holds, RefutedError, Shows, Witnesses
from remedykit.diagnostics import Findings, Place
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import Expression


@dataclass(frozen=True)
class Report:
    """Collects what analyses find about one policy.

    Attributes:
        refuted: what was found, and then not so in a situation that it is about. It is not told;
            each of these is a fault of the analysis.
    """

    material: Material
    witnesses: Witnesses
    findings: Findings
    refuted: list[str] = field(default_factory=list[str])

    @classmethod
    def about(cls, material: Material, sources: Mapping[str, tuple[str, ...]]) -> Report:
        """Return an empty report; `sources` are the lines of the policy's files."""
        return cls(material, Witnesses(material), Findings(dict(sources)))

    def example(
        self,
        what: str,
        boxes: Iterable[Box],
        reads: Iterable[Expression],
        premise: Holds,
        shows: Shows,
    ) -> tuple[str, ...] | None:
        """Return a situation that shows a finding, as lines; none if no situation was found.

        ``None`` if the finding is refuted; then it must not be told.
        """
        try:
            situation = self.witnesses.find(boxes, reads, premise, shows)
        except RefutedError:
            self.refuted.append(what)
            return None
        return () if situation is None else lines_of(situation)

    def warning(
        self,
        code: str,
        place: Place,
        message: str,
        *,
        help: str,
        also: tuple[Place, str] | None = None,
        example: tuple[str, ...] = (),
    ) -> None:
        """Tell a finding."""
        self.findings.warning(code, place, message, help=help, also=also, example=example)


def acts(acting: Acting, evaluation: ReferenceEvaluation) -> bool:
    """Return whether a rule or limit acts, as the reference engine has it."""
    truth = evaluation.truth(acting.clause.condition)
    return truth is True or (truth is None and not acting.wanted.certain)

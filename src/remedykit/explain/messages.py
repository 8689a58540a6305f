"""Texts of a policy filled in with facts: what is said to the customer and to the agent."""

from __future__ import annotations

from remedykit.engine.matching import Evaluation
from remedykit.explain.printing import Style
from remedykit.language.syntax import Template

PERSONAL = "(personal)"  # stands for a personal fact where it must not be shown


def rendered(
    template: Template | None,
    evaluation: Evaluation,
    style: Style,
    *,
    hidden: frozenset[str] = frozenset(),
) -> str:
    """Return a text with its placeholders filled in; no text gives an empty one.

    A text that would have to print an unknown value is left out whole: half a sentence, or a
    guess, is never said to anyone.

    Args:
        template: the text.
        evaluation: of the facts that it prints.
        style: how they are printed.
        hidden: names whose values are not printed.
    """
    pieces: list[str] = []
    for piece in template.pieces if template else ():
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        value = evaluation.value(piece.read)
        if value is None:
            return ""
        shown = style.printed(value, piece.read.type.base, piece.format)
        pieces.append(PERSONAL if piece.read.name in hidden else shown)
    return "".join(pieces).strip()

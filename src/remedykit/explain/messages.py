"""Texts of a policy filled in with facts: what is said to the customer and to the agent."""

from __future__ import annotations

from remedykit.engine.matching import Evaluation
from remedykit.explain.printing import Style
from remedykit.language.syntax import RemedyRead, Template

PERSONAL = "(personal)"  # stands for a personal fact where it must not be shown


def rendered(
    template: Template | None,
    evaluation: Evaluation,
    style: Style,
    *,
    worth: int | None = None,
    hidden: frozenset[str] = frozenset(),
) -> str:
    """Return a text with its placeholders filled in; no text gives an empty one.

    A text that would have to print an unknown value is left out whole: half a sentence, or a
    guess, is never said to anyone.

    Args:
        template: the text.
        evaluation: of the facts that it prints.
        style: how they are printed.
        worth: ``remedy.value``, in minor units, where the text is about a remedy; all that a text
            can print of one.
        hidden: names whose values are not printed.
    """
    if template is None:
        return ""
    if len(template.pieces) == 1 and isinstance(template.pieces[0], str):
        return template.pieces[0].strip()
    pieces: list[str] = []
    for piece in template.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        read = piece.read
        value = worth if isinstance(read, RemedyRead) else evaluation.value(read)
        if value is None:
            return ""
        shown = style.printed(value, read.type.base, piece.format)
        pieces.append(PERSONAL if read.name in hidden else shown)
    return "".join(pieces).strip()

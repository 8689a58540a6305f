"""Remedy kinds that no rule ever offers."""

from __future__ import annotations

from remedykit.authoring.analysis.claims import Claims
from remedykit.authoring.analysis.report import Report


def report_never_offered(report: Report, claims: Claims) -> None:
    """Report the kinds of the catalogue that no decision can offer."""
    by_kind = claims.by_kind
    for kind in report.material.checked.remedies:
        rows = by_kind.get(kind.name, ())
        if any(claims.possible(acting, row) for acting, row in rows):
            continue
        if not rows:
            message = f"no rule offers `{kind.name}`"
            help_ = "write a rule that offers it, or delete it"
        else:
            message = f"`{kind.name}` is never offered: {_reason(claims, kind.name)}"
            help_ = "mend these rules or what it needs and states, or delete it"
        also = (rows[0][0].clause.place, "a rule that would offer it") if rows else None
        report.warning("never-offered", kind.place, message, help=help_, also=also)


def _reason(claims: Claims, kind: str) -> str:
    rows = claims.by_kind[kind]
    if not any(acting.boxes for acting, _ in rows):
        return "no rule that offers it can fire"
    return "whenever a rule offers it, it is forbidden or what it needs or states is not so"

"""How a policy shows itself in a notebook."""

from __future__ import annotations

from remedykit.diagnostics import Diagnostic
from remedykit.language.syntax import CheckedPolicy
from remedykit.model.markup import element, escaped, listing, table
from remedykit.model.words import PARTS

_HEAD = ("part", "remedy", "title", "gives", "group", "basis")


def policy_html(policy: CheckedPolicy, warnings: tuple[Diagnostic, ...]) -> str:
    """Return name, counts, warnings and catalogue as small HTML."""
    title = element("h4", escaped(f"Policy {policy.name} {policy.version}"))
    counts = (
        f"{len(policy.remedies)} remedy kinds, {len(policy.rules)} rules, "
        f"{len(policy.limits)} limits, {len(policy.defines)} defines, digest {policy.digest[:12]}"
    )
    rows = (
        (kind.part, kind.name, kind.title, kind.gives, kind.group, kind.basis)
        for kind in sorted(policy.remedies, key=lambda kind: (PARTS.index(kind.part), kind.name))
    )
    shown = listing(f"{warning.place}: {warning.message}" for warning in warnings)
    return element("div", title + element("p", escaped(counts)) + shown + table(_HEAD, rows))

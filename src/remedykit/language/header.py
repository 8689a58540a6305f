"""Reading what a policy says of itself: name, version, currencies, time zone, what it covers."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from remedykit.diagnostics import Findings
from remedykit.language.fields import read_choice, read_text, read_words
from remedykit.language.hints import for_list
from remedykit.language.sections import Sections
from remedykit.model.currencies import MINOR_DIGITS
from remedykit.model.words import PARTS, Part

# Stand in for a name that was refused, so that one fault is not reported wherever it is needed.
_STAND_IN_CURRENCY = "USD"
_STAND_IN_ZONE = ZoneInfo("UTC")


def read_header(sections: Sections, key: str, findings: Findings) -> str:
    """Return what a key says that every policy has; an empty text where a fault was reported."""
    node = sections.node(key)
    if node is None and key not in sections.misspelt:
        findings.error(
            "missing-key",
            sections.start,
            f"the policy lacks `{key}`",
            help='begin with `policy: a_name` and `version: "1"`',
        )
    return read_text(node, f"`{key}`", findings) or ""


def read_currencies(sections: Sections, findings: Findings) -> tuple[str, ...]:
    """Return the currencies of the amounts, sorted; a stand-in if all were refused."""
    named = read_words(sections.node("currencies"), "a currency", findings)
    for word, node in named:
        if word not in MINOR_DIGITS:
            findings.error(
                "unknown-currency",
                node.place,
                f"`{word}` is no currency",
                help=for_list(word) or "use its code of three capital letters, such as USD",
            )
    known = tuple(sorted({word for word, _ in named if word in MINOR_DIGITS}))
    return known or (_STAND_IN_CURRENCY,) * bool(named)


def read_zone(sections: Sections, findings: Findings) -> ZoneInfo | None:
    """Return the time zone of days and hours, if there is one; a stand-in if it was refused."""
    node = sections.node("timezone")
    name = read_text(node, "a time zone", findings)
    if name is None or node is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        findings.error(
            "unknown-timezone",
            node.place,
            f"`{name}` is no time zone",
            help="use a name such as America/New_York or Europe/Berlin",
        )
        return _STAND_IN_ZONE


def read_covers(sections: Sections, findings: Findings) -> tuple[Part, ...]:
    """Return the parts that a plan should have, in the order apology to perk."""
    words = read_words(sections.node("covers"), "`covers`", findings)
    parts = [read_choice(node, PARTS, "part", findings) for _, node in words]
    return tuple(part for part in PARTS if part in parts)

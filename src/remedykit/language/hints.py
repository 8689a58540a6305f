"""What authors bring along from other languages, and what to write here instead.

Nothing here decides what is right: a hint is looked for where something is wrong already. Each
function returns a help text, empty where it knows none.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Callable, Mapping

from remedykit.language.names import closest
from remedykit.language.types import NUMERIC, ORDERED, Base, FactType
from remedykit.model.currencies import MINOR_DIGITS

_LONGEST = 200  # characters; what is longer is no slip of one habit
_MOST_WORDS = 20
_NOTHING = frozenset({"null", "~", "none", "nil", "unknown"})
_YES, _NO = frozenset({"yes", "on", "true"}), frozenset({"no", "off", "false"})

# --- names and keys ------------------------------------------------------------------------------

_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("now", "today"), "write `at`, the moment of decision"),
    **dict.fromkeys((*_NOTHING, "known"), "to ask whether a fact is known write known(fact)"),
    **dict.fromkeys(_YES, "write true"),
    **dict.fromkeys(_NO, "write false"),
}
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "amount": ("at_most", "value"),
    "because": ("why",),
    "default": ("else",),
    "description": ("means", "because", "why"),
    "enum": ("values",),
    "if": ("when",),
    "limit": ("at_most",),
    "max": ("at_most",),
    "message": ("say",),
    "min": ("at_least",),
    "name": ("id", "title"),
    "otherwise": ("else",),
    "reason": ("because", "why"),
    "text": ("say",),
    "then": ("offer",),
    "why": ("because",),
}
SCENARIO_SECTIONS = ("bases", "scenarios", "tables")  # of files `*.scenarios.yaml`
_CONDITION_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("and", "all"), "all tests of a map must hold: write them side by side"),
    "or": "write `any: [{...}, {...}]`",
    "not": "write `fact: {not: x}`, or put the tests under `unless:` beside `when:`",
    **{key: f"`{key}:` stands beside `when:`, not in it" for key in ("where", "unless", "when")},
}


def for_name(name: str) -> str:
    """Return what to write instead of a word that names nothing."""
    return _NAMES.get(name.lower(), "")


def for_choice(word: str) -> str:
    """Return what to write instead of a word that is none of the options."""
    return "for a right of the customer use `entitle:` in a rule" if word == "entitlement" else ""


def for_bad_name(name: str, fits: Callable[[str], bool], otherwise: str) -> str:
    """Return how to change a name that is none into one that `fits`, or `otherwise`."""
    words = [word for word in name.split(".") if keyword.iskeyword(word)]
    if words:
        return f"`{words[0]}` is a Python keyword, which no expression could read; take another"
    mended = re.sub(r"[^A-Za-z0-9_.]+", "_", name)
    return f"write `{mended}`" if mended != name and fits(mended) else otherwise


def meant_key(key: str, allowed: tuple[str, ...]) -> str | None:
    """Return the key that an unknown one most likely means, or ``None``."""
    synonyms = [word for word in _SYNONYMS.get(key.lower(), ()) if word in allowed]
    return synonyms[0] if synonyms else closest(key, allowed)


def for_key(key: str, allowed: tuple[str, ...], otherwise: str) -> str:
    """Return what to do about an unknown key, or `otherwise`."""
    if "." in key and "when" in allowed:
        return "put the tests under `when: {...}`"
    if key in SCENARIO_SECTIONS and "remedies" in allowed:
        return "scenarios stand in files of their own, `*.scenarios.yaml`"
    meant = meant_key(key, allowed)
    return f"did you mean `{meant}`?" if meant else otherwise


def for_condition_key(key: str) -> str:
    """Return how a map of tests says what a word of logic was meant to say."""
    return _CONDITION_KEYS.get(key, "")


# --- values --------------------------------------------------------------------------------------

_SIGN = "|".join(["[$\u20ac\u00a3\u00a5]", *MINOR_DIGITS])
_DIGITS = r"[0-9]+(?:[.,][0-9]+)*"
_AMOUNT = re.compile(
    rf"(?<![\w.])(?:(?P<sign>{_SIGN}) ?)?(?P<number>{_DIGITS})(?(sign)| ?(?:{_SIGN}))(?!\w)"
)


def true_or_false(text: str) -> str:
    """Return what to write where a yes or no was meant."""
    word = text.lower()
    return f"write {'true' if word in _YES else 'false' if word in _NO else 'true or false'}"


def is_yes_or_no(text: str) -> bool:
    """Return whether a text seems to mean true or false."""
    return text.lower() in _YES | _NO


def plain_number(text: str) -> str:
    """Return a number with the separators of some country as a rule writes it."""
    whole, comma, decimals = text.rpartition(",")
    if comma and "." not in decimals and len(decimals) != len("000"):
        return f"{whole.replace('.', '').replace(',', '')}.{decimals}"
    return text.replace(",", "")


def for_amount(text: str) -> str:
    """Return how to write an amount that names its currency."""
    found = _AMOUNT.fullmatch(text)
    return _without_currency(found) if found else ""


def _without_currency(found: re.Match[str]) -> str:
    number = plain_number(found["number"])
    return f"write {number}; the currency stands at the top, under `currencies`"


def odd_blank(text: str) -> str:
    """Return the name of a blank in a text that only looks like one of the keyboard."""
    odd = (item for item in text if item != " " and unicodedata.category(item) == "Zs")
    return next((f"U+{ord(item):04X} ({unicodedata.name(item).lower()})" for item in odd), "")


def for_list(text: str) -> str:
    """Return how to write several words of which a text seems to consist."""
    words = [word.strip() for word in text.replace("|", ",").split(",") if word.strip()]
    return f"write [{', '.join(words)}]" if 1 < len(words) <= _MOST_WORDS else ""


def beside(literal: Base, other: Base) -> str:
    """Return what to do about a literal that stands beside something of another type."""
    if literal is Base.TEXT and other in NUMERIC | {Base.MONEY}:
        return "remove the quotes around a number"
    if literal in NUMERIC and other in {Base.DATE, Base.TIME, Base.DURATION}:
        return "put quotes around a date, time or duration: '2026-11-23', '48 hours'"
    return "compare and combine values of one type"


# --- tests ---------------------------------------------------------------------------------------

_NEGATED = re.compile(r"(?:(?:is )?not\s|!=|<>)\s*(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(<?)(?:\.\.+|[\u2013\u2014\u2026]|\bto\b)(<?)\s*")
_BETWEEN_NUMBERS = re.compile(rf"{_BETWEEN.pattern}|(?<=[0-9])\s*()-()\s*(?=[0-9])")
_PLAIN = r"-?[0-9]+(?:\.[0-9]+)?"
_WELL_WRITTEN = re.compile(rf"{_PLAIN}|(?:{_PLAIN})?<?\.\.<?(?:{_PLAIN})?")


def for_test(text: str, subject: FactType) -> str:
    """Return how to write a test that is written as other languages would."""
    if len(text) > _LONGEST or _WELL_WRITTEN.fullmatch(text):
        return ""
    if text.lower() in _NOTHING:
        meant = "did you mean `nobody`? " if "nobody" in (subject.values or ()) else ""
        return f"{meant}to ask whether the fact is unknown write {{known: false}}"
    if text == "known":
        return "write {known: true}"
    negated = _NEGATED.fullmatch(text)
    if negated:
        return f"write {{not: {negated[1]}}}"
    return _for_range(text, subject.base) if subject.base in ORDERED else for_list(text)


def _for_range(text: str, base: Base) -> str:
    numeric = base in NUMERIC or base is Base.MONEY
    if is_yes_or_no(text):
        wanted = "number or a range such as `1..`" if numeric else f"{base} or a range"
        return f"write a {wanted}"
    mended = (_BETWEEN_NUMBERS if numeric else _BETWEEN).sub(_dots, text)
    if text.endswith("+"):
        mended = f"{text[:-1].rstrip()}.."
    if mended.count("..") > 1:
        return "a range has two ends and one `..` between them, such as `3..5`"
    return f"a range is written `{mended}`" if mended != text else ""


def _dots(found: re.Match[str]) -> str:
    return f"{found[1] or ''}..{found[2] or ''}"


# --- expressions ---------------------------------------------------------------------------------

_OPERATORS = ("and", "or", "not", "in")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (r"=>", "write `>=`"),
        (r"=<", "write `<=`"),
        (r"!==|<>", "write `!=`"),
        (r"===", "write `==`"),
        *((rf"(?<![\w.]){word.upper()}(?![\w.])", f"write `{word}`") for word in _OPERATORS),
        (r"(?<![\w.])contains(?![\w.])", "write `'word' in list_fact`"),
        (
            r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9:]+(?:Z|[+-][0-9:]+)?)?",
            r"put quotes around a date or a time: '\g<0>'",
        ),
        (
            r"(?<![\w.])([0-9]+(?:\.[0-9]+)?) ?((?:minute|hour|day)s?)\b",
            r"to compare put quotes around it: '\1 \2'; after + or - write days(n) or hours(n)",
        ),
    )
)


def for_expression(text: str) -> tuple[int, int, str] | None:
    """Return where an expression that cannot be read has a form of other languages, and a help."""
    plain = _QUOTED.sub(lambda found: " " * len(found[0]), text)
    amount = _AMOUNT.search(plain)
    if amount:
        return *amount.span(), _without_currency(amount)
    for pattern, template in _FORMS:
        found = pattern.search(plain)
        if found:
            return *found.span(), found.expand(template)
    return None

"""The schema of a test on one subject: a cell, a list of tests, or a form such as ``{not: x}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remedykit.authoring.schemas.names import Names
from remedykit.authoring.schemas.pieces import (
    IDENTIFIER,
    TRUTH,
    WORD,
    JsonSchema,
    all_told,
    any_of,
    closed,
    list_of,
    ref,
    words,
)
from remedykit.language.syntax import Param
from remedykit.language.tests import FORMS
from remedykit.language.types import NUMERIC, ORDERED, Base, FactType
from remedykit.model.json_text import Json

ANY_TEST = "test-any"  # on a subject of which nothing is known

_NUMBER = "-?[0-9]+(\\.[0-9]+)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ENDS: Mapping[Base, tuple[str, str]] = {  # what a value looks like, and one of them
    Base.INT: (_NUMBER, "3"),
    Base.NUMBER: (f"{_NUMBER}%?", "0.5"),
    Base.MONEY: (_NUMBER, "25.00"),
    Base.DATE: (_DAY, "2026-11-23"),
    Base.TIME: (f"{_DAY}([T ][0-9:]+(Z|[+-][0-9:]+)?)?", "2026-11-23"),
    Base.DURATION: (f"{_NUMBER} (minute|hour|day)s?", "48 hours"),
}


def name_of_test(subject: str, kind: FactType) -> str:
    """Return the definition of the tests on a subject; those on subjects of one type share it."""
    return f"test-{kind.base}" if kind.values is None else f"test-{subject}"


def test_definitions(
    subjects: Mapping[str, FactType], names: Names, texts: Mapping[str, str]
) -> dict[str, JsonSchema]:
    """Return the definitions of the tests on subjects, by name.

    Args:
        subjects: their types, by name.
        names: what a test can name.
        texts: about the forms of tests.
    """
    kinds = {name_of_test(subject, kind): kind for subject, kind in subjects.items()}
    known = {name: _test(kind, name, names, texts) for name, kind in kinds.items()}
    return {ANY_TEST: _any_test(texts), **known}


def _test(kind: FactType, name: str, names: Names, texts: Mapping[str, str]) -> JsonSchema:
    inner = ref(name)
    forms: dict[str, JsonSchema] = {"not": inner, "known": TRUTH}
    if kind.base in {Base.TEXT, Base.TEXTS}:
        forms["in"] = _list_param(names)
    if kind.base is Base.TEXTS:
        forms["all"] = list_of(inner)
    return any_of(_cell(kind, names), list_of(inner), _one_form(forms, texts))


def _any_test(texts: Mapping[str, str]) -> JsonSchema:
    inner = ref(ANY_TEST)
    forms = {"not": inner, "known": TRUTH, "in": WORD, "all": list_of(inner)}
    return any_of(WORD, list_of(inner), _one_form(forms, texts))


def _one_form(forms: Mapping[str, JsonSchema], texts: Mapping[str, str]) -> JsonSchema:
    keys = (form for form in FORMS if form in forms)
    return closed(keys, all_told(forms, texts)) | {"minProperties": 1, "maxProperties": 1}


def _cell(kind: FactType, names: Names) -> JsonSchema:
    if kind.base is Base.BOOL:
        return TRUTH
    if kind.base in ORDERED:
        return _ordered(kind.base, names)
    return WORD if kind.values is None else words(kind.values)


def _ordered(base: Base, names: Names) -> JsonSchema:
    """Return a value, a range, or either with the name of a param."""
    value, example = _ENDS[base]
    end = f"({value}|{IDENTIFIER})"
    fitting = [param for param in names.params if _fits(param, base)]
    cell: JsonSchema = {
        "type": ["number", "string"],
        "pattern": f"^({end}|{end}?<?\\.\\.<?{end}?)$",
        "patternErrorMessage": f"write a value such as {example}, or a range such as {example}.. "
        f"or ..{example}",
    }
    if fitting:
        cell["defaultSnippets"] = [*_snippets(fitting)]
    return cell


def _snippets(params: list[Param]) -> Iterator[Json]:
    """Yield what an editor offers to write about params."""
    for param in params:
        about = "; ".join(text for text in (param.unit, param.why) if text)
        for text in (f"{param.name}..", f"..{param.name}"):
            yield {"label": text, "body": text, "description": about}


def _fits(param: Param, base: Base) -> bool:
    return param.type.base is base or {param.type.base, base} <= NUMERIC


def _list_param(names: Names) -> JsonSchema:
    lists = [param.name for param in names.params if param.type.base is Base.TEXTS]
    return words(lists) if names.are_all else WORD

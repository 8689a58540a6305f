"""The schemas of incidents, customers and cases as scenarios give them: any part of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import BaseModel

from remedykit.authoring.schemas.pieces import JsonSchema, any_of, ref, told, words
from remedykit.language.types import FactDeclaration
from remedykit.model.base import Described, described_fields
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.event import EVENT_FORMS, Event, EventForm
from remedykit.model.incident import Incident
from remedykit.model.shapes import Kind

GIVEN_MODELS: Mapping[str, type[BaseModel]] = {
    "incident": Incident,
    "customer": Customer,
    "case": Case,
}
_AMOUNT: JsonSchema = {"type": ["number", "string", "object", "null"]}
_KINDS: Mapping[Kind, JsonSchema] = {
    Kind.BOOL: {"type": ["boolean", "null"]},
    Kind.INT: {"type": ["integer", "null"]},
    Kind.NUMBER: {"type": ["number", "string", "null"]},
    Kind.MONEY: _AMOUNT,
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.DATE: {"type": ["string", "null"]},
    Kind.TIME: {"type": ["string", "null"]},
    Kind.DURATION: {"type": ["string", "null"]},
    Kind.TEXTS: {"type": ["array", "null"], "items": {"type": "string"}},
}


def model_definitions() -> dict[str, JsonSchema]:
    """Return the definition of each model that is given, and of those inside it, by name."""
    found: dict[str, JsonSchema] = {}
    to_do = [*GIVEN_MODELS.values()]
    while to_do:
        model = to_do.pop()
        if model.__name__ not in found:
            found[model.__name__] = _model(model)
            to_do += [inner for name in model.model_fields for inner in _inside(model, name)]
    return dict(sorted(found.items()))


def _model(model: type[BaseModel]) -> JsonSchema:
    properties: JsonSchema = {
        name: _field(model, name, described) for name, described in described_fields(model).items()
    }
    if model is Event:
        return _event(properties)
    # `null` makes unknown what a base gives, and nothing is required, for a base may give it.
    return {
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }


def _event(properties: JsonSchema) -> JsonSchema:
    """Return the schema of an event: which fields it has depends on its type."""
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": ["type", "at"],
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": _of_form(form),
            }
            for name, form in EVENT_FORMS.items()
        ],
    }


def _of_form(form: EventForm) -> JsonSchema:
    says_itself: JsonSchema = {}
    if form.to is not None and "to" not in form.fields:
        says_itself["to"] = {"const": form.to}
    return {
        "properties": says_itself,
        "propertyNames": {"enum": [*form.fields, *says_itself]},
        "required": [*form.needed],
    }


def _field(model: type[BaseModel], name: str, described: Described) -> JsonSchema:
    inside = [*_inside(model, name)]
    if described.shape.kind is Kind.MODEL:
        return ref(inside[0].__name__)
    if described.shape.kind is Kind.MODELS:
        item = ref(inside[0].__name__)
        items = item if inside[0] is Event else any_of({"type": "string"}, item)
        return {"type": ["array", "null"], "items": items}
    fact = described.fact
    text = f"{fact.means}, in {fact.unit}" if fact.unit else fact.means
    return told(_value(described.shape.kind, described.shape.words), text)


def own_fact(fact: FactDeclaration) -> JsonSchema:
    """Return what is given as one of the policy's own facts."""
    return _value(Kind(fact.type.base.value), fact.type.values)


def _value(kind: Kind, options: tuple[str, ...] | None) -> JsonSchema:
    if options is None:
        return _KINDS[kind]
    if kind is Kind.TEXTS:
        return {"type": ["array", "null"], "items": words(options)}
    return {"enum": [*options, None]}


def _inside(model: type[BaseModel], name: str) -> Iterator[type[BaseModel]]:
    """Yield the models that a field holds."""
    to_do: list[object] = [model.model_fields[name].annotation]
    while to_do:
        annotation = to_do.pop()
        to_do += get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation

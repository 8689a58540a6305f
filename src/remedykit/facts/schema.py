"""Which facts there are: the scalar fields of the models, and what is derived from them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from remedykit.facts.convert import fact_value
from remedykit.facts.derived import ALSO_GIVEN, DERIVED
from remedykit.language.types import TIME, Base, FactDeclaration, FactType, Schema, Value
from remedykit.model.base import Described, described_fields
from remedykit.model.border import RefusedError
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.incident import Incident
from remedykit.model.shapes import Kind, Shape

_AT = FactDeclaration(name="at", type=TIME, means="the moment of decision", origin="derived")
_NO_FACTS = frozenset({Kind.MODEL, Kind.MODELS})


def model_schema(
    incident: type[Incident] = Incident, customer: type[Customer] = Customer
) -> Schema:
    """Return the facts that the models give, those of a platform's own fields among them.

    A field is a fact of the type of its annotation: bool, int, ``Decimal`` or ``Number``,
    ``Amount``, str, ``Literal`` of words, date, datetime, timedelta, ``tuple[str, ...]``; each may
    be optional or have a default. Fields that hold models are no facts.

    Args:
        incident: the class of incidents that the policy reads; its field ``order`` tells the class
            of orders.
        customer: the class of customers.

    Raises:
        TypeError: if a field's annotation is of no type that a fact can have, its default cannot be
            one, or its name is that of a derived fact.
    """
    derived = {declaration.name: declaration for declaration in DERIVED}
    groups: dict[str, type[BaseModel]] = {
        "incident": incident,
        "order": order_model(incident),
        "customer": customer,
        "case": Case,
    }
    declarations = [_AT, *DERIVED]
    for group, model in groups.items():
        for declaration in _declared(group, model):
            if declaration.name not in derived:
                declarations.append(declaration)
            elif declaration.name not in ALSO_GIVEN:
                raise TypeError(f"{declaration.name} is derived; call the field otherwise")
    return Schema(tuple(sorted(declarations, key=lambda item: item.name)))


def order_model(incident: type[Incident]) -> type[BaseModel]:
    """Return the class of orders that a class of incidents holds."""
    annotation = incident.model_fields["order"].annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    raise TypeError(f"{incident.__name__}.order must be annotated with a subclass of Order")


def _declared(group: str, model: type[BaseModel]) -> Iterator[FactDeclaration]:
    described = described_fields(model)
    for name, field in model.model_fields.items():
        if described[name].shape.kind not in _NO_FACTS:
            yield _declaration(f"{group}.{name}", field, described[name], model.__name__)


def _declaration(name: str, field: FieldInfo, described: Described, model: str) -> FactDeclaration:
    shape, fact = described.shape, described.fact
    if shape.kind is Kind.OTHER:
        raise TypeError(
            f"{model}.{name.partition('.')[2]}: {field.annotation} is no type of facts; use bool, "
            "int, Decimal, Amount, str, Literal, date, datetime, timedelta or tuple[str, ...]"
        )
    return FactDeclaration(
        name=name,
        type=FactType(Base(shape.kind.value), shape.words),
        means=fact.means,
        unit=fact.unit,
        default=_default(name, field, shape),
        required=field.is_required() and not _may_be_none(field.annotation),
        personal=fact.personal,
        protected=fact.protected,
        at_least=_bound(fact.at_least, shape),
        at_most=_bound(fact.at_most, shape),
    )


def _default(name: str, field: FieldInfo, shape: Shape) -> Value | None:
    default = field.default
    if field.is_required() or default is None:
        return None
    if shape.kind is Kind.MONEY:
        # Which currency the decision is in is not known here, and 0 is the same in all of them.
        if default == 0:
            return 0
        raise TypeError(f"{name}: the default of an amount can be 0 only, not {default}")
    try:
        return fact_value(shape, default, "")
    except RefusedError as error:
        raise TypeError(f"{name}: the default cannot be a fact: {error}") from None


def _bound(bound: int | None, shape: Shape) -> Fraction | None:
    # Bounds of amounts are in whole units, declarations in minor units: the same for 0 only. The
    # models hold the others.
    if bound is None or (shape.kind is Kind.MONEY and bound != 0):
        return None
    return Fraction(bound)


def _may_be_none(annotation: object) -> bool:
    return type(None) in get_args(annotation)

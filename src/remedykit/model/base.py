"""What all models share: frozen, strict, exact, and gentle with mistakes."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, LiteralString, Self, cast, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import (
    CoreSchema,
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    core_schema,
)

from remedykit.diagnostics import printable
from remedykit.model.border import RefusedError, check_range, money_in, read, suggestion
from remedykit.model.exact import trimmed
from remedykit.model.money import Money
from remedykit.model.shapes import Kind, Shape, shape_of

_MOST_UNKNOWN = 100  # fields that are told one by one; more are no misspelt names
_STRETCH = 25  # elements of a list whose faults are told together

Location = tuple[str | int, ...]
Faults = list[tuple[Location, PydanticCustomError]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Says in an annotation what a field means: rules read the field as a fact.

    ``days_late: Annotated[int | None, Fact("days after the promised day", unit="days")] = None``

    Attributes:
        means: one line for policy authors.
        unit: such as ``days``; empty where the type says it all.
        personal: never printed by default.
        protected: no goodwill rule and no ranking may read it.
        at_least: the smallest value allowed; in whole units for amounts.
        at_most: the largest value allowed; in whole units for amounts.
    """

    means: str
    unit: str = ""
    personal: bool = False
    protected: bool = False
    at_least: int | None = None
    at_most: int | None = None

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the meaning, the unit and the range to the field's JSON Schema."""
        described = {**handler(schema), "description": self.means}
        extra = {"x-unit": self.unit, "minimum": self.at_least, "maximum": self.at_most}
        return described | {key: value for key, value in extra.items() if value not in ("", None)}


class AsTuple:
    """Marks a ``Sequence`` field that is written as a list and kept as a tuple.

    Of a long list no more is read after a stretch with faults, so that the faults stay few.
    """

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate as a tuple of the sequence's elements."""
        if get_origin(source) is not Sequence:
            raise TypeError("AsTuple marks fields annotated as Sequence only")
        kept = handler(types.GenericAlias(tuple, (*get_args(source), ...)))
        return core_schema.no_info_wrap_validator_function(_in_stretches, kept)


@dataclass(frozen=True, slots=True)
class Described:
    """A field of a model: what it holds, what it means, and whether it may be ``None``."""

    shape: Shape
    fact: Fact
    optional: bool


def described_fields(model: type[BaseModel]) -> Mapping[str, Described]:
    """Return what the fields of a model hold and mean, by name."""
    return MappingProxyType(
        {
            name: Described(
                shape_of(field.annotation),
                _fact_of(field),
                type(None) in get_args(field.annotation),
            )
            for name, field in model.model_fields.items()
        }
    )


class Model(BaseModel):
    """The base of all models: frozen, strict, unknown fields refused with a suggestion.

    Lists become tuples; ISO 8601 texts become dates and aware times; numbers are exact, so floats
    are refused. Everything else must have its very type.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, validate_default=False
    )

    _described: ClassVar[Mapping[str, Described]] = MappingProxyType({})
    _amounts: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Look at the annotations once a class."""
        super().__pydantic_init_subclass__(**kwargs)
        cls._described = described_fields(cls)
        cls._amounts = tuple(
            name for name, field in cls._described.items() if field.shape.kind is Kind.MONEY
        )

    def amounts_in(self, currency: str, below: Location = ()) -> tuple[dict[str, Money], Faults]:
        """Return the amounts as `Money` of `currency`, and what is wrong with the others."""
        converted: dict[str, Money] = {}
        wrong: Faults = []
        for name in self._amounts:
            value = self.__dict__.get(name)
            if value is None:
                continue
            try:
                converted[name] = money_in(value, currency)
            except RefusedError as error:
                wrong.append(((*below, name), fault("currency", str(error))))
        return converted, wrong

    @field_validator("*", mode="before")
    @classmethod
    def _read_field(cls, value: object, info: ValidationInfo) -> object:
        described = cls._described.get(info.field_name or "")
        if described is None or (value is None and described.optional):
            return value
        if value is None:
            raise fault("empty", "is empty; give it a value, or leave it out")
        fact = described.fact
        try:
            kept = read(described.shape, trimmed(value))
            check_range(kept, fact.at_least, fact.at_most)
        except RefusedError as error:
            problem = f"the value {error.problem}" if fact.personal else str(error)
            raise fault("value", problem) from None
        return kept

    @model_validator(mode="wrap")
    @classmethod
    def _make(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data  # it was checked and settled when it was made
        fields = len(cast("Sized", data)) if isinstance(data, Mapping) else 0
        if fields > len(cls.model_fields) + _MOST_UNKNOWN:
            problem = f"is a map of {fields} fields; there are {len(cls.model_fields)}"
            raise fault("too_many_fields", problem)
        try:
            made = handler(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            if not any(_is_unknown_field(line["type"], line["loc"]) for line in found):
                raise
            names = tuple(cls.model_fields)
            raise faults(
                cls.__name__, ((line["loc"], _retold(line, names)) for line in found)
            ) from None
        made._settle()  # noqa: SLF001 -- of its own class
        return made

    def _settle(self) -> None:
        """Check what concerns several fields and fill in what follows; called once, when made.

        Raises:
            ValidationError: made by `faults`.
        """


def _in_stretches(elements: object, handler: ValidatorFunctionWrapHandler) -> tuple[object, ...]:
    if not isinstance(elements, tuple):
        return cast("tuple[object, ...]", handler(elements))
    listed = cast("tuple[object, ...]", elements)
    made: list[object] = []
    for start in range(0, len(listed), _STRETCH):
        try:
            made += handler(listed[start : start + _STRETCH])
        except ValidationError as error:
            found = error.errors(include_url=False)
            raise faults("list", (_moved(line, start) for line in found)) from None
    return tuple(made)


def _moved(line: ErrorDetails, start: int) -> tuple[Location, PydanticCustomError]:
    index, *rest = line["loc"]
    location = (start + index, *rest) if isinstance(index, int) else line["loc"]
    return location, _kept(line)


def fault(code: LiteralString, problem: str) -> PydanticCustomError:
    """Return the error that makes pydantic report `problem` at the field at hand."""
    return PydanticCustomError(code, "{problem}", {"problem": problem})


def faults(title: str, found: Iterable[tuple[Location, PydanticCustomError]]) -> ValidationError:
    """Return one pydantic error that reports each problem at its place below the model at hand."""
    return ValidationError.from_exception_data(
        title,
        [InitErrorDetails(type=problem, loc=location, input=None) for location, problem in found],
        hide_input=True,
    )


def _fact_of(field: FieldInfo) -> Fact:
    marked = next((item for item in field.metadata if isinstance(item, Fact)), None)
    return marked or Fact(field.description or "")


def _is_unknown_field(code: str, location: Location) -> bool:
    return code == "extra_forbidden" and len(location) == 1


def _retold(line: ErrorDetails, names: tuple[str, ...]) -> PydanticCustomError:
    if _is_unknown_field(line["type"], line["loc"]):
        word = str(line["loc"][0])
        known = suggestion(word, names)
        return fault("unknown_field", f"unknown field `{printable(word[:80])}`{known}")
    return _kept(line)


def _kept(line: ErrorDetails) -> PydanticCustomError:
    code: Any = line["type"]  # pydantic asks for a literal; this one is its own
    return fault(code, line["msg"])

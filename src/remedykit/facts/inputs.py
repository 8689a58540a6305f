"""Turns what the caller hands in into models, and what is wrong with it into one `InputError`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from remedykit.diagnostics import printable
from remedykit.errors import InputError

M = TypeVar("M", bound=BaseModel)
Fault = tuple[str, str]  # where, problem

_MAX_SHOWN = 20  # faults in one message; the rest is counted
_FRIENDLY = {
    "missing": "is missing",
    "model_type": "is not a map of fields",
    "dict_type": "is not a map of fields",
    "invalid_key": "is no name of a field; names are texts",
}


def validated(model: type[M], data: M | Mapping[str, object], where: str) -> M:
    """Return `data` as an instance of `model`.

    Args:
        model: the class that the policy reads.
        data: an instance of it, or a map of its fields.
        where: what to call it in messages, such as ``incident``.

    Raises:
        InputError: naming every place that is wrong, one a line.
    """
    if isinstance(data, model):
        return data
    if not isinstance(data, Mapping):
        raise InputError(where, _no_map(model, data))
    try:
        return model.model_validate(dict(data))
    except ValidationError as error:
        raise input_error(
            [
                (_place(where, line["loc"]), _FRIENDLY.get(line["type"], line["msg"]))
                for line in error.errors(include_url=False, include_input=False)
            ]
        ) from None


def _no_map(model: type[BaseModel], data: object) -> str:
    problem = f"is of type {type(data).__name__}; {model.__name__} or a map of its fields is read"
    is_timeline = isinstance(data, list | tuple) and "events" in model.model_fields
    return f"{problem}, with events under `events`" if is_timeline else problem


def input_error(faults: Sequence[Fault]) -> InputError:
    """Return one error that tells all faults, one a line; there is at least one."""
    (where, problem), *others = faults
    lines = [f"{place}: {what}" for place, what in others[: _MAX_SHOWN - 1]]
    if len(others) >= _MAX_SHOWN:
        lines.append(f"and {len(others) - _MAX_SHOWN + 1} more")
    return InputError(where, "\n".join([problem, *lines]))


def _place(where: str, location: Sequence[str | int]) -> str:
    parts = (
        f"[{part}]" if isinstance(part, int) else f".{printable(part[:80])}" for part in location
    )
    return where + "".join(parts)

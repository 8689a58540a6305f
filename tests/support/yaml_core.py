"""YAML files as language servers read them: the core schema of YAML 1.2, numbers exact."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}


def core_yaml(text: str) -> Any:
    """Return what a text holds."""
    node = yaml.compose(text, yaml.SafeLoader)
    return None if node is None else _value(node)


def core_file(path: Path) -> Any:
    """Return what a file holds."""
    return core_yaml(path.read_text(encoding="utf-8"))


def _value(node: yaml.Node) -> object:
    match node:
        case yaml.MappingNode(value=entries):
            return {_key(key): _value(value) for key, value in entries}
        case yaml.SequenceNode(value=items):
            return [_value(item) for item in items]
        case yaml.ScalarNode(value=text, style=style):
            return text if style else _scalar(text)
        case _:
            raise TypeError(f"{node} is no YAML that policies have")


def _key(node: yaml.ScalarNode) -> str:
    return str(node.value)


def _scalar(text: str) -> object:
    if text in _NULL:
        return None
    if text in _TRUE | _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text)
    return Decimal(text) if _FLOAT.fullmatch(text) else text

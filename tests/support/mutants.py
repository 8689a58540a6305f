"""Faults in the source of the indexed engine: one change at one place, in a throw-away copy."""

from __future__ import annotations

import ast
import builtins
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import remedykit.engine.indexed
from remedykit.engine.matching import Engine
from remedykit.language.syntax import CheckedPolicy
from support.code_faults import faults

PACKAGE = "remedykit.engine.indexed"
_FOLDER = Path(remedykit.engine.indexed.__file__ or "").parent

_Path = tuple[tuple[str, int | None], ...]  # of fields, and places in them where they are lists


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault.

    Attributes:
        module: the module's name within the package.
        what: the function it is in, and the code before and after, to know it by.
        path: where the code is in the syntax tree.
        changed: the code after.
    """

    module: str
    what: str
    path: _Path
    changed: ast.AST

    def engine(self) -> Callable[[CheckedPolicy], Engine]:
        """Return what makes the engine with the fault.

        Raises:
            Exception: whatever the module raises when it runs; then the fault shows itself.
        """
        tree = _tree(self.module)
        before = _at(tree, self.path)
        _put(tree, self.path, self.changed)
        try:
            code = compile(tree, f"<mutant of {self.module}>", "exec")
        finally:
            _put(tree, self.path, before)
        engine: Callable[[CheckedPolicy], Engine] = vars(
            _Copy({self.module: code}).module("engine")
        )["IndexedEngine"]
        return engine


def modules() -> tuple[str, ...]:
    """Return the names of the modules of the package."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.py") if path.stem != "__init__"))


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every fault that can be made in a module, in order of place."""
    tree = _tree(module)
    seen = Counter[str]()
    for path, function in _paths(tree):
        node = _at(tree, path)
        for made in faults(node):
            changed = ast.fix_missing_locations(ast.copy_location(made, node))
            what = f"{function}: {_shown(node)} -> {_shown(changed)}"
            seen[what] += 1
            if ast.dump(changed) != ast.dump(node):
                yield Mutant(
                    module, f"{what} ({seen[what]})" if seen[what] > 1 else what, path, changed
                )


# --- places ------------------------------------------------------------------------------------


def _paths(tree: ast.Module) -> Iterator[tuple[_Path, str]]:
    """Yield the path of each node that may be changed, and the name of the function it is in."""

    def below(node: ast.AST, path: _Path, function: str) -> Iterator[tuple[_Path, str]]:
        for field, value in ast.iter_fields(node):
            if field in {"annotation", "returns", "decorator_list", "args"} and not isinstance(
                node, ast.Call
            ):
                continue
            for index, child in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(child, ast.AST):
                    continue
                step = (*path, (field, index if isinstance(value, list) else None))
                name = getattr(child, "name", None)
                named = isinstance(child, ast.FunctionDef | ast.ClassDef)
                inside = f"{function}.{name}".lstrip(".") if named else function
                if isinstance(child, ast.ImportFrom | ast.Import):
                    continue
                if not (isinstance(child, ast.Assign) and _is_idle(child)):
                    yield step, inside
                    yield from below(child, step, inside)

    yield from below(tree, (), "")


# How much work is worth while, which changes no answer.
_CHOICES = ("MOST_CONJUNCTIONS", "_MOST_VALUES", "_MOST_NESTED", "_LEADS")


def _is_idle(node: ast.Assign) -> bool:
    """Whether a module gives a type a name, which nothing runs, or only chooses a measure."""
    target = node.targets[0]
    if not isinstance(target, ast.Name):
        return False
    return target.id.strip("_").istitle() or target.id in _CHOICES


def _at(tree: ast.AST, path: _Path) -> ast.AST:
    node: Any = tree
    for field, index in path:
        node = getattr(node, field)
        node = node if index is None else node[index]
    found: ast.AST = node
    return found


def _put(tree: ast.AST, path: _Path, changed: ast.AST) -> None:
    *way, (field, index) = path
    holder: Any = _at(tree, tuple(way))
    if index is None:
        setattr(holder, field, changed)
    else:
        getattr(holder, field)[index] = changed


def _shown(node: ast.AST) -> str:
    """Return the first line of some code."""
    text = ast.unparse(node)
    first, *others = text.splitlines()
    return first + (" ..." if others else "")


# --- the throw-away copy -----------------------------------------------------------------------


@cache
def _tree(module: str) -> ast.Module:
    text = (_FOLDER / f"{module}.py").read_text(encoding="utf-8")
    return ast.parse(text)


@cache
def _code(module: str) -> CodeType:
    return compile(_tree(module), f"<{module}>", "exec")


class _Copy:
    """The package once more, with other code in one module; nothing else is touched."""

    def __init__(self, changed: Mapping[str, CodeType]) -> None:
        self._changed = changed
        self._made: dict[str, ModuleType] = {}

    def module(self, name: str) -> ModuleType:
        """Return a module of the copy."""
        if name not in self._made:
            made = ModuleType(f"{PACKAGE}.{name}")
            self._made[name] = made
            made.__dict__["__builtins__"] = {
                **vars(builtins),
                "__import__": self._imported,
                "bisect_left": bisect_left,  # so that taking it for `bisect_right` is a fault
            }
            exec(self._changed.get(name) or _code(name), made.__dict__)  # noqa: S102 - our own code
        return self._made[name]

    def _imported(
        self,
        name: str,
        names: Mapping[str, object] | None = None,
        within: Mapping[str, object] | None = None,
        wanted: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        if name == PACKAGE:
            package = ModuleType(PACKAGE)
            for each in wanted:
                setattr(package, each, self.module(each))
            return package
        if name.startswith(f"{PACKAGE}."):
            return self.module(name.removeprefix(f"{PACKAGE}."))
        return __import__(name, names, within, wanted, level)

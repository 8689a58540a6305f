"""Faults in the source of the indexed engine: one change at one place, in a throw-away copy."""

from __future__ import annotations

import ast
import builtins
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

PACKAGE = "remedykit.engine.indexed"
_FOLDER = Path(remedykit.engine.indexed.__file__ or "").parent

_COMPARISONS: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: Mapping[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitAnd,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.FloorDiv: (ast.Mult,),
    ast.Div: (ast.Mult,),
    ast.Mod: (ast.Mult,),
}
# Names that stand for each other's opposite: confusing the two is what happens.
_PAIRS = (
    ("bisect_left", "bisect_right"),
    ("min", "max"),
    ("lt", "le"),
    ("gt", "ge"),
    ("eq", "ne"),
    ("any", "all"),
    ("_any", "_all"),
    ("definite", "possible"),
    ("sure", "open_"),
    ("left", "right"),
    ("low", "high"),
    ("low_excluded", "high_excluded"),
    ("wanted", "refused"),
    ("by_value", "by_place"),
    ("tested", "untested"),
    ("cuts", "by_place"),
    ("_first", "_combined"),
    ("_agreed", "_total"),
    ("_unknown", "_zero"),
    ("stepped_up", "stepped_down"),
    ("sum_of", "difference"),
    ("product", "quotient"),
    ("opposite", "magnitude"),
    ("_BEYOND", "_LEAST"),
    ("one", "other"),
    ("before", "holds"),
)
_CONFUSED: Mapping[str, tuple[str, ...]] = {
    name: tuple(b if name == a else a for a, b in _PAIRS if name in (a, b))
    for pair in _PAIRS
    for name in pair
}


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
        for made in _changes(node):
            changed = ast.fix_missing_locations(ast.copy_location(made, node))
            what = f"{function}: {_shown(node)} -> {_shown(changed)}"
            seen[what] += 1
            if ast.dump(changed) != ast.dump(node):
                yield Mutant(
                    module, f"{what} ({seen[what]})" if seen[what] > 1 else what, path, changed
                )


# --- faults ------------------------------------------------------------------------------------


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


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators):
            for other in _COMPARISONS.get(type(op), ()):
                yield ast.Compare(left, [other()], comparators)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values)
            yield from values
        case ast.BinOp(left=left, op=op, right=right):
            for changed in _OPERATORS.get(type(op), ()):
                yield ast.BinOp(left, changed(), right)
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant() | ast.Name() | ast.Attribute():
            yield from _changed_leaf(node)
        case ast.IfExp() | ast.Call() | ast.comprehension():
            yield from _rearranged(node)
        case ast.stmt():
            yield from _changed_statement(node)
        case _:
            return


def _rearranged(node: ast.IfExp | ast.Call | ast.comprehension) -> Iterator[ast.AST]:
    """Yield code with two of its parts swapped, or without a part."""
    match node:
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Call(func=ast.Attribute(attr="sum_of") | ast.Name(id="max" | "min")):
            return  # the order of these is no matter
        case ast.Call(func=func, args=[one, other, *others], keywords=keywords):
            yield ast.Call(func, [other, one, *others], keywords)
        case ast.Call(func=func, args=args, keywords=[one, other, *others]):
            swapped = [ast.keyword(one.arg, other.value), ast.keyword(other.arg, one.value)]
            yield ast.Call(func, args, [*swapped, *others])
        case ast.comprehension(target=target, iter=iterated, ifs=[_, *others]):
            yield ast.comprehension(target, iterated, others, 0)
        case _:
            return


def _changed_leaf(node: ast.Constant | ast.Name | ast.Attribute) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
            if value:  # else it would be the last of some, which is often the first
                yield ast.Constant(value - 1)
        case ast.Constant(value=None):
            yield ast.Constant(False)
        case ast.Name(id=name, ctx=ast.Load()):
            yield from (ast.Name(other, ast.Load()) for other in _CONFUSED.get(name, ()))
        case ast.Attribute(value=value, attr=name, ctx=ast.Load()):
            for other in _CONFUSED.get(name, ()):
                yield ast.Attribute(value, other, ast.Load())
        case _:
            return


def _changed_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
            yield ast.If(ast.Constant(False), body, orelse)
            yield ast.If(ast.Constant(True), body, orelse)
        case ast.AugAssign(target=target, op=op, value=value):
            for changed in _OPERATORS.get(type(op), ()):
                yield ast.AugAssign(target, changed(), value)
            yield ast.Pass()
        case ast.Assign(targets=[ast.Name(id="__slots__")]):
            return
        case ast.Assign() | ast.Continue():
            yield ast.Pass()
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
        case ast.Return(value=ast.expr() as value) if not _is_false(value):
            yield ast.Return(ast.Constant(None))
            if isinstance(value, ast.Tuple) and len(value.elts) > 1:
                one, other, *later = value.elts
                yield ast.Return(ast.Tuple([other, one, *later], ast.Load()))
        case ast.For(target=target, iter=iterated, body=body, orelse=orelse):
            listed = ast.Call(ast.Name("list", ast.Load()), [iterated], [])
            all_but_first = ast.Subscript(listed, ast.Slice(ast.Constant(1)), ast.Load())
            yield ast.For(target, all_but_first, body, orelse)
        case _:
            return


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not node.value


# How much work is worth while, which changes no answer.
_CHOICES = ("MOST_CONJUNCTIONS", "_MOST_COURSES", "_MOST_NESTED")


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
            made.__dict__["__builtins__"] = {**vars(builtins), "__import__": self._imported}
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

"""What may be wrong in a piece of code: one comparison, operator, name, number or statement."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

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
    ("tested", "untested"),
    ("starts", "steps"),
    ("whole", "rest"),
    ("ceil", "floor"),
    ("numerator", "denominator"),
    ("true", "false"),
    ("known", "led"),
    ("_range_table", "_fraction_table"),
    ("_first", "_combined"),
    ("_agreed", "_total"),
    ("_unknown", "_zero"),
    ("stepped_up", "stepped_down"),
    ("add", "sub"),
    ("add", "mul"),
    ("opposite", "magnitude"),
    ("_MOST", "_LEAST"),
    ("one", "other"),
    ("before", "holds"),
)
_CONFUSED: Mapping[str, tuple[str, ...]] = {
    name: tuple(b if name == a else a for a, b in _PAIRS if name in (a, b))
    for pair in _PAIRS
    for name in pair
}


def faults(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a piece of code with each fault that may be made in it, and in none of its parts."""
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

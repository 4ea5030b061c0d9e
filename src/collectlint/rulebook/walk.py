"""Checks a composed YAML node against a `Shape` and hands out typed values, all faults in one go.

Values by kind: Text, Choice, Day `str` · Whole `int` · Decimal `float` · Flag `bool` · ListOf `tuple` ·
MapOf and Shape `dict` · Condition `Tree`. A field with a fault gets its default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from collectlint.errors import Place, RuleError
from collectlint.rulebook.composer import ERRORS_MOST
from collectlint.rulebook.hints import key_hint, scalar_hint, shown, suggestion, word_hint
from collectlint.rulebook.kinds import choices, fits, holds_condition, wanted
from collectlint.rulebook.nodes import Map, Node, Scalar, Seq
from collectlint.rulebook.scalars import typed
from collectlint.shape import Condition, Either, ListOf, MapOf, Shape, Text, Tree

_FAULT: Final = object()  # told apart from every value an author can write


def walk(
    node: Node, shape: Shape, operators: Mapping[str, Shape]
) -> tuple[dict[str, Any], dict[str, Place], list[RuleError]]:
    """Typed values of `node` with defaults filled in, the places of its top-level keys, and all faults.

    `operators` gives the options of each condition by its name. Faults come in the order of the file;
    at most 200 are listed. Raises nothing for a tree made by `strict.compose`.
    """
    walker = _Walker(operators)
    values = walker.shape(node, shape, "")
    if values is _FAULT:
        values = {name: field.default for name, field in shape.fields.items()}
    places = {key.text: key.place for key, _ in node.entries} if isinstance(node, Map) else {}
    return values, places, walker.sorted_errors()


class _Walker:
    def __init__(self, operators: Mapping[str, Shape]) -> None:
        self._operators = operators
        self._errors: dict[tuple[Place, str], RuleError] = {}  # an alias shows one fault many times

    def sorted_errors(self) -> list[RuleError]:
        errors = [self._errors[key] for key in sorted(self._errors)]
        if len(errors) >= ERRORS_MOST:
            message = f"错误太多,只列出前 {ERRORS_MOST} 处"
            errors.append(RuleError(message, errors[-1].place, "先改正上面的错误"))
        return errors

    def _full(self) -> bool:
        return len(self._errors) >= ERRORS_MOST

    def _add(self, message: str, place: Place, remedy: str = "") -> object:
        if not self._full():
            self._errors.setdefault((place, message), RuleError(message, place, remedy))
        return _FAULT

    def shape(self, node: Node, shape: Shape, label: str) -> Any:
        """The values of one mapping, or `_FAULT` if `node` is something else altogether."""
        values = {name: field.default for name, field in shape.fields.items()}
        absent = {name for name, field in shape.fields.items() if field.required}
        if shape.shorthand and (not isinstance(node, Map) or self._bare_condition(node, shape)):
            absent.discard(shape.shorthand)
            value = self._value(node, shape.fields[shape.shorthand].kind, label)
            if value is not _FAULT:
                values[shape.shorthand] = value
        elif isinstance(node, Map):
            for key, child in node.entries:
                absent.discard(self._entry(key, child, shape, values))
        else:
            return self._mismatch(node, shape, label)
        for name in shape.fields:
            if name in absent:
                about = shape.fields[name].zh
                remedy = f"请加上「{name}: …」" + (f",{about}" if about else "")
                self._add(f"{_named(label)}缺少必需的键 `{name}`", node.place, remedy)
        return values

    def _entry(self, key: Scalar, child: Node, shape: Shape, values: dict[str, Any]) -> str:
        """Read one key into `values`; the name of the field it is, or is likely meant to be."""
        field = shape.fields.get(key.text)
        if field is None:
            if self._full():
                return key.text
            remedy, meant = key_hint(key.text, shape.fields)
            self._add(f"未知键 {shown(key.text)}", key.place, remedy)
            return meant
        value = self._value(child, field.kind, key.text)
        if value is not _FAULT:
            values[key.text] = value
        return key.text

    def _bare_condition(self, node: Map, shape: Shape) -> bool:
        """Whether a mapping is not the options but the one condition the shorthand field takes."""
        if len(node.entries) != 1 or not holds_condition(shape.fields[shape.shorthand].kind):
            return False
        name = node.entries[0][0].text
        return name in self._operators and name not in shape.fields

    def _value(self, node: Node, kind: Any, label: str) -> Any:
        if isinstance(node, Scalar) and not node.text and not node.quoted:
            if isinstance(kind, Text) and kind.empty:
                return ""
            return self._add(f"{_named(label)}没有值", node.place, "请补上值,或删掉这个键")
        if isinstance(kind, Shape):
            return self.shape(node, kind, label)
        if isinstance(kind, ListOf):
            return self._list(node, kind, label)
        if isinstance(kind, Either):
            return self._either(node, kind, label)
        if isinstance(kind, MapOf):
            if not isinstance(node, Map):
                return self._mismatch(node, kind, label)
            read = {key.text: self._value(child, kind.value, key.text) for key, child in node.entries}
            return {key: value for key, value in read.items() if value is not _FAULT}
        if isinstance(kind, Condition):
            return self._condition(node, label)
        if not isinstance(node, Scalar):
            return self._mismatch(node, kind, label)
        value, message, remedy = typed(node, kind)
        return self._add(f"{_named(label)}{message}", node.place, remedy) if message else value

    def _list(self, node: Node, kind: ListOf, label: str) -> Any:
        if isinstance(node, Seq):
            items = node.items
        elif kind.single:
            items = (node,)
        else:
            return self._mismatch(node, kind, label)
        if len(items) < kind.least:
            return self._add(f"{_named(label)}至少要有 {kind.least} 项", node.place, "请补上列表项")
        read = [self._value(item, kind.item, label) for item in items]
        return tuple(value for value in read if value is not _FAULT)

    def _either(self, node: Node, kind: Either, label: str) -> Any:
        fitting = [each for each in kind.kinds if fits(node, each)]
        if not fitting:
            return self._mismatch(node, kind, label)
        if len(fitting) == 1 or not isinstance(node, Scalar):
            return self._value(node, fitting[0], label)
        kept = self._errors
        for each in fitting:
            self._errors = {}
            value = self._value(node, each, label)
            if not self._errors:
                self._errors = kept
                return value
        self._errors = kept
        words = [word for each in fitting for word in choices(each)]
        remedy = word_hint(node.text) or (suggestion(node.text, words)[0] if words else "")
        message = f"{_named(label)}{wanted(Either(tuple(fitting)))},却是 {shown(node.text)}"
        return self._add(message, node.place, remedy)

    def _condition(self, node: Node, label: str) -> Any:
        if not isinstance(node, Map):
            return self._mismatch(node, Condition(), label)
        if not node.entries:
            return self._add(f"{_named(label)}条件是空的", node.place, "请写成「操作符: 选项」")
        if len(node.entries) > 1:
            names = "、".join(shown(key.text) for key, _ in node.entries[:6])
            remedy = "要同时满足请写成 `all:` 下的列表,满足其一请用 `any:`;若本是选项,请检查缩进"
            self._add(f"一个条件只能有一个操作符,这里有 {names}", node.entries[1][0].place, remedy)
        trees = [self._tree(key, child) for key, child in node.entries]
        return trees[0] if len(trees) == 1 else _FAULT

    def _tree(self, key: Scalar, child: Node) -> Any:
        options = self._operators.get(key.text)
        if options is None:
            if self._full():
                return _FAULT
            return self._add(
                f"未知操作符 {shown(key.text)}", key.place, key_hint(key.text, self._operators)[0]
            )
        if isinstance(child, Scalar) and not child.text and not child.quoted:
            return self._add(f"{_named(key.text)}没有值", child.place, "请补上选项")
        values = self.shape(child, options, key.text)
        return values if values is _FAULT else Tree(key.text, values, key.place)

    def _mismatch(self, node: Node, kind: Any, label: str) -> object:
        fault = f"{_named(label)}{wanted(kind)}"
        if isinstance(node, Scalar):
            remedy = scalar_hint(node.text)
            if not remedy and isinstance(kind, ListOf):
                remedy = "请写成 `[甲, 乙]`,或每项另起一行以「- 」开头"
            return self._add(f"{fault},却是文字 {shown(node.text)}", node.place, remedy)
        if isinstance(node, Seq):
            remedy = "以 `[` 开头的文字请加半角引号" if isinstance(kind, Text) else ""
            if isinstance(kind, Condition):
                remedy = "请用 `any:`(满足其一)或 `all:`(同时满足)包住这个列表"
            return self._add(f"{fault},却是列表", node.place, remedy)
        remedy = "以 `{` 开头的文字请加半角引号" if isinstance(kind, Text) else ""
        return self._add(f"{fault},却是键值对", node.place, remedy)


def _named(label: str) -> str:
    return f"{shown(label)} " if label else ""

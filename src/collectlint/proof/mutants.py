"""Rules on trial by damage: with a condition taken out or a list emptied, an example must fail.

A mutant that passes all examples of its rule shows a condition that no example needs. An example that the
rule decides and its mutant leaves undecided notices too: without `present: true` a field that most
documents lack would leave the rule open on each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.errors import Place
from collectlint.linter import Options, lint
from collectlint.proof.examples import Example, day_within, examples, judged
from collectlint.rulebook.compiler import Compiler
from collectlint.rulebook.lexicon import Lexicon
from collectlint.rulebook.packed import Packed, pack
from collectlint.rulebook.reading import Read, RuleFile, compiled_data
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.rulebook import ReadModel, Rulebook
from collectlint.rulebook.shapes import NO_SCOPE
from collectlint.shape import Tree

_CHILDREN = ("conditions", "of")
_LISTS = ("any", "list", "unless_in", "unless_with", "with", "any_of", "none_of", "has", "lacks", "kinds")
_MAPS = ("which", "after")
_SCOPE = ("channels", "speakers", "parties", "kinds", "directions")


class Mutant(NamedTuple):
    """A rule's condition and scope, damaged in one place; `change` says where and how."""

    change: str
    when: Tree
    applies: Mapping[str, Any]


class Tried(NamedTuple):
    """What became of one mutant: `by` is the example that failed, empty when it survived."""

    rule: str
    change: str
    by: str


def mutants(rule: RuleFile) -> Iterator[Mutant]:
    """Every way to take one condition out of a rule, to empty one of its lists, or to widen its scope."""
    when, applies = rule.values["when"], rule.values["applies"]
    for change, tree in _damaged(when, "when"):
        yield Mutant(change, tree, applies)
    for name in sorted(_named_lists(when)):
        yield Mutant(f"词表 {{{name}}} 清空", _without_list(when, name), applies)
    for key in _SCOPE:
        if applies[key] != NO_SCOPE[key] and "any" not in applies[key]:
            yield Mutant(f"applies.{key} 放开", when, {**applies, key: ("any",)})


def try_mutants(rule: RuleFile, found: Read, model: ReadModel, options: Options) -> Iterator[Tried]:
    """The mutants of one rule against its examples; the first example that fails ends a mutant's trial."""
    compiler = Compiler(found.lexicon, found.states)
    jurisdictions = next(one["jurisdictions"] for one in found.data["rules"] if one["id"] == rule.id)
    compiled = [compiler.rule(rule.values, rule.values["when"], tuple(jurisdictions))]
    changes = []
    for mutant in mutants(rule):
        values = {**rule.values, "when": mutant.when, "applies": mutant.applies}
        before = len(compiler.errors)
        made = compiler.rule(values, mutant.when, tuple(jurisdictions))
        if len(compiler.errors) == before:  # else no rule at all, which nobody can ship
            compiled.append(made)
            changes.append(mutant.change)
    if not changes:
        return
    reads = any(one["rests_on_model"] for one in compiled)
    lexicon = found.lexicon if reads else Lexicon({})
    data = compiled_data(compiled, lexicon, compiler, found.sources)
    book = Rulebook(Packed(pack(data, "0" * 64)), model)
    options = options._replace(second_reader=reads, prefilter=False)
    cases = list(examples(rule, jurisdictions[0]))
    own = options._replace(
        as_of=day_within(rule.values["in_force"], options.as_of), only=frozenset({rule.id})
    )
    decided = [one for one in cases if not _is_open(one, _Alone(book, book.rule(0)), own)]
    for which, change in enumerate(changes, 1):
        alone = _Alone(book, book.rule(which))
        failed = (one.example.document.id for one in judged(rule, cases, alone, options) if one.reason)
        left_open = (one.document.id for one in decided if _is_open(one, alone, own))
        yield Tried(rule.id, change, next(failed, "") or next(left_open, ""))


def _is_open(example: Example, book: Rulebook, options: Options) -> bool:
    """Does a rule leave a document of an example undecided?"""
    return bool(lint(example.document, book, options).not_evaluated)


class _Alone(Rulebook):
    """One rule of a rulebook with everything that it rests on."""

    def __init__(self, book: Rulebook, rule: Rule) -> None:
        self.__dict__.update(book.__dict__)
        self.__dict__["rules"] = (rule,)


def _damaged(tree: Tree, path: str) -> Iterator[tuple[str, Tree]]:
    here = f"{path}.{tree.operator}"
    for key, value in tree.options.items():
        if isinstance(value, Tree):
            if key == "near":  # of `number`
                yield f"{here}.{key} 去掉", _with(tree, key, None)
            for change, child in _damaged(value, here):
                yield change, _with(tree, key, child)
        elif key in _CHILDREN and isinstance(value, list | tuple):
            yield from _fewer(tree, key, tuple(value), here)
            for at, one in enumerate(value):
                for change, child in _damaged(one, f"{here}[{at}]"):
                    yield change, _with(tree, key, (*value[:at], child, *value[at + 1 :]))
        elif value and key in _LISTS:
            yield f"{here}.{key} 清空", _emptied(tree, key)
        elif value and key in _MAPS and isinstance(value, Mapping):
            for name in value:
                rest = {one: wanted for one, wanted in value.items() if one != name}
                yield f"{here}.{key}.{name} 去掉", _with(tree, key, rest)
        elif value and key == "differs_from":
            yield f"{here}.{key} 清空", _with(tree, key, "")


def _fewer(tree: Tree, key: str, children: tuple[Tree, ...], here: str) -> Iterator[tuple[str, Tree]]:
    for at, child in enumerate(children):
        rest = (*children[:at], *children[at + 1 :])
        if not rest:
            continue  # taking out the only condition is taking out this one
        what = f"{here}[{at}]({child.operator}) 去掉"
        if tree.operator in ("near", "order") and len(rest) == 1:
            yield what, rest[0]
        elif tree.operator == "at_least" and tree.options["number"] > len(rest):
            yield what, _with(_with(tree, key, rest), "number", len(rest))
        elif tree.operator in ("near", "order") and tree.options["mark"] is not None:
            mark = min(tree.options["mark"], len(rest) - 1)
            yield what, _with(_with(tree, key, rest), "mark", mark)
        else:
            yield what, _with(tree, key, rest)


def _emptied(tree: Tree, key: str) -> Tree:
    emptied = _with(tree, key, ())
    if tree.operator == "phrase" and not (emptied.options["any"] or emptied.options["list"]):
        return _never(tree.place)
    return emptied


def _with(tree: Tree, key: str, value: Any) -> Tree:
    return tree._replace(options={**tree.options, key: value})


def _never(place: Place) -> Tree:
    return Tree("pattern", {"expression": "(?!)", "needs": (), "stance": ("any",), "speakers": None}, place)


def _named_lists(value: Any) -> set[str]:
    """The lexicon lists that a condition names; what `needs` holds makes it faster and decides nothing."""
    if isinstance(value, Tree):
        own = set(value.options.get("list") or ())
        return own.union(*(_named_lists(one) for key, one in value.options.items() if key != "needs"))
    if isinstance(value, str):
        return {part.split("}")[0] for part in value.split("{")[1:] if "}" in part and part[0].isalpha()}
    if isinstance(value, list | tuple):
        return set().union(*map(_named_lists, value))
    return set()


def _without_list(tree: Tree, name: str) -> Tree:
    """The condition as if the list held no word."""
    written = f"{{{name}}}"
    options: dict[str, Any] = {}
    for key, value in tree.options.items():
        if isinstance(value, Tree):
            options[key] = _without_list(value, name)
        elif isinstance(value, str):
            options[key] = value.replace(written, "(?!)")
        elif isinstance(value, list | tuple) and key != "needs":
            options[key] = tuple(
                _without_list(one, name) if isinstance(one, Tree) else one
                for one in value
                if isinstance(one, Tree) or (written not in one and not (key == "list" and one == name))
            )
        else:
            options[key] = value
    if tree.operator == "phrase" and not (options["any"] or options["list"]):
        return _never(tree.place)
    return tree._replace(options=options)

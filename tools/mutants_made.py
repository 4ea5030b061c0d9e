"""Mutants of mutmut, one by one: made from a file, drawn at random, put in the place of the code."""

from __future__ import annotations
import __future__

import ast
import difflib
import importlib
import importlib.util
import inspect
import random
import tomllib
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import libcst as cst
from libcst.metadata import PositionProvider
from mutmut.mutation.file_mutation import Mutation, create_mutations, deep_replace, group_by_top_level_node

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]


class Mutant(NamedTuple):
    """One change to one function; `line` is where the change stands in the file."""

    path: str
    function: str
    number: int
    line: int
    source: str
    diff: str

    @property
    def module(self) -> str:
        return self.path.removeprefix("src/").removesuffix(".py").replace("/", ".")

    @property
    def name(self) -> str:
        return f"{self.module}:{self.function}:{self.number}"


class Parsed(NamedTuple):
    """A file with all that mutmut makes of it: changes within functions without decorators."""

    path: str
    module: cst.Module
    changes: dict[str, tuple[cst.FunctionDef, Sequence[Mutation]]]
    starts: dict[str, int]

    @classmethod
    def of(cls, path: str) -> Parsed:
        module, mutations, _, _ = create_mutations(path, (ROOT / path).read_text(encoding="utf-8"))
        grouped = group_by_top_level_node(mutations)
        places = cst.MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
        functions = {name: one for one, name in _functions(module) if one in grouped}
        changes = {name: (one, grouped[one]) for name, one in functions.items()}
        return cls(path, module, changes, {n: places[one.name].start.line for n, one in functions.items()})

    def mutants(self) -> list[tuple[Parsed, str, int]]:
        return [
            (self, name, number) for name, (_, all_) in self.changes.items() for number in range(len(all_))
        ]

    def mutant(self, name: str, number: int) -> Mutant:
        function, mutations = self.changes[name]
        change = mutations[number]
        bare = function.with_changes(decorators=[], leading_lines=[])
        before = self.module.code_for_node(bare)
        after = self.module.code_for_node(deep_replace(bare, change.original_node, change.mutated_node))
        pairs = zip(before.split("\n"), after.split("\n"), strict=False)
        offset = next((number for number, (one, two) in enumerate(pairs) if one != two), 0)
        rows = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
        diff = "\n".join(row for row in rows if not row.startswith(("---", "+++", "@@")))
        start = self.starts[name]
        return Mutant(self.path, name, number, start + offset, "\n" * (start - 1) + after, diff)

    def whole(self, name: str, number: int) -> str:
        change = self.changes[name][1][number]
        changed = deep_replace(self.module, change.original_node, change.mutated_node)
        assert isinstance(changed, cst.Module)
        return changed.code


def _functions(module: cst.Module) -> Iterable[tuple[cst.FunctionDef, str]]:
    for statement in module.body:
        if isinstance(statement, cst.FunctionDef):
            yield statement, statement.name.value
        elif isinstance(statement, cst.ClassDef) and isinstance(statement.body, cst.IndentedBlock):
            for inner in statement.body.body:
                if isinstance(inner, cst.FunctionDef):
                    yield inner, f"{statement.name.value}.{inner.name.value}"


def drawn(seed: int, number: int, each: int, only: Sequence[str]) -> tuple[list[Mutant], int]:
    """The sample and the number of all: `each` of every module, or with 0 `number` of the whole.

    The `number` come in random order, so that as many as were tried are a random sample too.
    """
    paths = sorted(
        str(path.relative_to(ROOT))
        for pattern in SETTINGS["only_mutate"]
        for path in ROOT.glob(pattern)
        if path.suffix == ".py" and (not only or any(part in str(path) for part in only))
    )
    pools = [Parsed.of(path).mutants() for path in paths]
    every = [one for pool in pools for one in pool]
    chance = random.Random(seed)
    if each:
        picked = [one for pool in pools for one in chance.sample(pool, min(each, len(pool)))]
    else:
        picked = chance.sample(every, min(number, len(every)))
    return [file.mutant(name, number) for file, name, number in picked], len(every)


def install(mutant: Mutant) -> None:
    """Give the living function the mutated code: whoever imported it has the mutant too."""
    module = importlib.import_module(mutant.module)
    made: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    code = compile(mutant.source, mutant.path, "exec", flags, dont_inherit=True)
    exec(code, module.__dict__, made)
    owner: Any = module
    *classes, name = mutant.function.split(".")
    for one in classes:
        owner = getattr(owner, one)
    living = inspect.getattr_static(owner, name)
    living = getattr(living, "__func__", living)
    new = made[name]
    assert isinstance(living, FunctionType)
    living.__code__, living.__defaults__, living.__kwdefaults__ = (
        new.__code__,
        new.__defaults__,
        new.__kwdefaults__,
    )


class Whole(SourceFileLoader):
    """Loads a module with one function mutated from the start."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(ROOT / mutant.path))
        self.mutant = mutant

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(name, ROOT / self.mutant.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        text = Parsed.of(self.mutant.path).whole(self.mutant.function, self.mutant.number)
        return compile(text, self.path, "exec", dont_inherit=True)


def makes_functions(mutant: Mutant) -> bool:
    """Does the mutated function hold others, which may have been made at import?"""
    tree = ast.parse(mutant.source)
    inner = (ast.Lambda, ast.FunctionDef)
    return sum(isinstance(node, inner) for node in ast.walk(tree)) > 1

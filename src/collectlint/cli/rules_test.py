"""`collectlint rules test`: the examples inside the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.opening import located, located_place, rule_folder
from collectlint.cli.options import as_of_option, rules_option
from collectlint.errors import Place, RuleErrors, UsageError
from collectlint.linter import Options
from collectlint.run import today, word_edges

if TYPE_CHECKING:
    from collectlint.rulebook.reading import Read, RuleFile
    from collectlint.rulebook.rulebook import ReadModel


@click.command("test", cls=Command, options_metavar="[选项]")
@click.argument("patterns", nargs=-1, metavar="[规则]...")
@rules_option
@as_of_option
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@click.option("--mutate", is_flag=True, help="改为：逐一去掉规则的条件、清空词表，列出没有例句察觉的改动")
def test_rules(
    patterns: tuple[str, ...], rules_dir: str | None, as_of: str | None, format_: str, mutate: bool
) -> int:
    """跑规则里的例句；有一条不符则退出码为 1。"""
    from collectlint.proof.examples import run
    from collectlint.rulebook.folder import model_reader, read
    from collectlint.rulebook.rulebook import Rulebook
    from collectlint.rulebook.selection import fitting

    folder = rule_folder(rules_dir)
    found = read(folder)
    if found.errors:
        raise RuleErrors([located(one, folder) for one in found.errors])
    rulebook = Rulebook.of(found.data, model_reader(folder))
    files = found.rules
    if patterns:
        wanted = {rule.id for pattern in patterns for rule in fitting(rulebook.rules, pattern)}
        files = tuple(rule for rule in files if rule.id in wanted)
    if not files:
        raise UsageError(f"文件夹 {rules_dir or '随附规则'} 里没有规则")
    options = Options(as_of=as_of or today(), boundaries=word_edges(rulebook))
    places = {rule.id: rule.places.get("tests") or Place(rule.path) for rule in files}
    if mutate:
        return _mutate(files, found, model_reader(folder), options, format_)
    verdicts = list(run(files, rulebook, options))
    broken = [one for one in verdicts if one.reason]
    if format_ == "json":
        from collectlint.record import to_json

        failures = [
            {
                "example": one.example.document.id,
                "kind": one.example.kind,
                "reason": one.reason,
                "text": _words(one.example.document.turns),
            }
            for one in broken
        ]
        say(to_json({"rules": len(files), "examples": len(verdicts), "failures": failures}, 1))
    else:
        for one in broken:
            place = located_place(places[one.example.rule], folder)
            show(f"{place}: {one.example.document.id} {one.reason}：{_words(one.example.document.turns)}")
        say(f"{len(files)} 条规则，{len(verdicts)} 条例句，{len(broken)} 条不符")
    return 1 if broken else 0


def _mutate(
    files: tuple[RuleFile, ...], found: Read, model: ReadModel, options: Options, format_: str
) -> int:
    from collectlint.proof.mutants import try_mutants

    tried = [one for rule in files for one in try_mutants(rule, found, model, options)]
    survivors = [one for one in tried if not one.by]
    if format_ == "json":
        from collectlint.record import to_json

        told = [{"rule": one.rule, "change": one.change} for one in survivors]
        say(to_json({"rules": len(files), "mutants": len(tried), "survivors": told}, 1))
    else:
        for one in survivors:
            show(f"{one.rule}：{one.change}，没有例句察觉")
        share = 1 - len(survivors) / len(tried) if tried else 1.0
        noticed = len(tried) - len(survivors)
        say(f"{len(files)} 条规则，{len(tried)} 处改动，例句察觉 {noticed} 处（{share:.1%}）")
    return 1 if survivors else 0


def _words(turns: tuple[object, ...]) -> str:
    return " / ".join(getattr(turn, "text", "") for turn in turns)

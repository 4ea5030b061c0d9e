"""`collectlint train`: the second reader from labelled documents."""

from __future__ import annotations

from typing import IO

import click

from collectlint.cli.command import Command
from collectlint.cli.console import note, say
from collectlint.cli.opening import rulebook_of
from collectlint.cli.options import rules_option


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="文件...")
@click.option("-o", "--output", required=True, type=click.Path(), metavar="文件", help="模型写到这个文件")
@rules_option
def train(files: tuple[str, ...], output: str, rules_dir: str | None) -> int:
    """用带 label 的语料训练第二判读模型；同样的语料得到同样的文件。"""
    from collectlint.cli.evaluate import labelled
    from collectlint.cli.outputs import check_target, write_file
    from collectlint.finding import Failure
    from collectlint.proof.train import train as trained

    check_target(output)
    failures: list[Failure] = []
    documents = list(labelled(files, failures))
    model = trained(documents, rulebook_of(rules_dir))

    def write(out: IO[bytes]) -> None:
        out.write(model)

    write_file(output, write)
    say(f"用 {len(documents)} 份文档训练，模型写在 {output}")
    for failure in failures:
        note(f"{failure.path}:{failure.line}：{failure.reason}")
    return 3 if failures else 0

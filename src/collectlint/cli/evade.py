"""`collectlint evade`: evasive and noisy variants of labelled documents."""

from __future__ import annotations

from typing import IO, Any

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import note, say
from collectlint.errors import UsageError
from collectlint.proof.evade import KINDS, SEED

_CLEAN = 480


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="文件...")
@click.option(
    "-o", "--output", required=True, type=click.Path(), metavar="文件", help="变体写到这个 JSON Lines 文件"
)
@click.option("--kind", "kinds", type=OneOf(KINDS), multiple=True, metavar="手法",
              help=f"{'、'.join(KINDS)}（可重复）；给出时每份文档每种手法各一个变体")  # fmt: skip
@click.option("--clean", type=click.IntRange(0), default=_CLEAN, metavar="N",
              help=f"不给 --kind 时，至多取多少份合规文档，默认 {_CLEAN}")  # fmt: skip
@click.option("--seed", type=int, default=SEED, metavar="整数", help=f"随机种子，默认 {SEED}")
def evade(files: tuple[str, ...], output: str, kinds: tuple[str, ...], clean: int, seed: int) -> int:
    """由带 label 的 JSON Lines 语料生成规避写法与噪声变体；同样的语料与种子得到同样的文件。"""
    from collectlint.cli.outputs import check_target, write_file
    from collectlint.proof.evade import chosen, line, variant

    check_target(output)
    faults: list[str] = []
    records = _records(files, faults)
    if not records:
        raise UsageError(
            "没有带 label 的文档", remedy="须是 JSON Lines，每份文档有 label.violating 与 label.spans"
        )
    if kinds:
        made = [
            one for record in records for kind in kinds if (one := variant(record, kind, seed)) is not None
        ]
    else:
        made = chosen(records, clean, seed)

    def write(out: IO[bytes]) -> None:
        out.write("".join(map(line, made)).encode())

    write_file(output, write)
    say(f"由 {len(records)} 份文档生成 {len(made)} 个变体，写在 {output}")
    for fault in faults:
        note(fault)
    return 3 if faults else 0


def _records(files: tuple[str, ...], faults: list[str]) -> list[dict[str, Any]]:
    """The labelled documents of the files as written; what cannot be used goes to `faults`."""
    import json
    from pathlib import Path

    found = []
    for path in files:
        try:
            lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{path}：读不出（{error}）")
            continue
        for number, text in enumerate(lines, 1):
            if not text.strip():
                continue
            try:
                record = json.loads(text)
            except ValueError:
                faults.append(f"{path}:{number}：不是 JSON")
                continue
            if _is_usable(record):
                found.append(record)
            else:
                faults.append(f"{path}:{number}：没有 label，或缺 id、text、turns")
    return found


def _is_usable(record: Any) -> bool:
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        return False
    label = record.get("label")
    turns = record.get("turns", [{"speaker": "agent", "text": record.get("text")}])
    return (
        isinstance(label, dict)
        and isinstance(label.get("violating"), bool)
        and isinstance(turns, list)
        and all(isinstance(turn, dict) and isinstance(turn.get("text"), str) for turn in turns)
        and all(
            isinstance(span, dict)
            and 0 <= span.get("turn", -1) < len(turns)
            and isinstance(span.get("text"), str)
            for span in label.get("spans", ())
        )
    )

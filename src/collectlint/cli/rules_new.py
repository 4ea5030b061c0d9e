"""`collectlint rules new`: a rule file to fill in, with tests that pass as they stand."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import click

from collectlint.cli.command import Command, nearest
from collectlint.cli.console import say
from collectlint.cli.outputs import WriteError
from collectlint.cli.skeletons import RULE
from collectlint.errors import RuleErrors, UsageError
from collectlint.finding import FAMILIES

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEFAULT_FOLDERS = ("collectlint-rules", "rules")


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("name", metavar="[包/]类别/名称")
@click.option("--rules", "rules_dir", type=click.Path(), metavar="文件夹",
              help="写到这个规则文件夹，默认 collectlint-rules，其次 rules")  # fmt: skip
@click.option(
    "--pack", default="house", metavar="包", help="包：cn、tw、hk 只管该法域，其余管三地；默认 house"
)
def new(name: str, rules_dir: str | None, pack: str) -> int:
    """新建一条规则，如 cn/threat/some-words；不覆盖已有文件。"""
    parts = name.strip("/").split("/")
    if len(parts) == 2:
        parts.insert(0, pack)
    if len(parts) != 3 or not all(_SLUG.fullmatch(part.replace("_", "-")) for part in parts):
        raise UsageError(
            f"「{name}」不是规则编号", remedy="应形如 cn/threat/some-words，只用小写英文、数字与连字符"
        )
    pack, family, slug = parts
    if family not in FAMILIES:
        raise UsageError(f"没有类别「{family}」{nearest(family, FAMILIES)}")
    folder = Path(rules_dir or next((one for one in _DEFAULT_FOLDERS if os.path.isdir(one)), ""))
    if not (rules_dir or str(folder) != ".") or not folder.is_dir():
        raise UsageError(
            f"找不到规则文件夹 {rules_dir or '、'.join(_DEFAULT_FOLDERS)}", remedy="先运行 collectlint init"
        )
    path = folder / pack / family / f"{slug}.yaml"
    source, clause, verified = _first_clause(folder, pack)
    text = RULE.format(
        folder=folder.as_posix(),
        id=f"{pack}/{family}/{slug}",
        slug=slug,
        family=family,
        source=source,
        clause=clause,
        verified=verified,
    )
    write_new(path, text)
    say(f"已写好 {path.as_posix()}")
    return 0


def write_new(path: Path, text: str) -> None:
    """A new file in UTF-8; raises UsageError when there is one already, WriteError when it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path.as_posix()} 已存在", remedy="不会覆盖；请换个名称或先移走") from None
    except OSError as error:
        raise WriteError(f"{path.as_posix()} 写不进去：{error.strerror or error}") from None


def _first_clause(folder: Path, pack: str) -> tuple[str, str, str]:
    """A clause that the skeleton may cite: the first registered one that holds for the pack."""
    from collectlint.rulebook.shapes import SOURCES
    from collectlint.rulebook.strict import read
    from collectlint.rulebook.walk import walk

    sources: dict[str, Any] = {}
    if (folder / "sources.yaml").is_file():
        try:
            values, _, faults = walk(read(folder / "sources.yaml"), SOURCES, {})
            sources = {} if faults else values["sources"]
        except RuleErrors:
            sources = {}
    for wanted in (pack, "any"):
        for name, source in sources.items():
            current = not (source["in_force"] or {}).get("to")
            if source["jurisdiction"] == wanted and current and source["clauses"]:
                clause, said = next(iter(source["clauses"].items()))
                return name, clause, said["verified"]
    return "待填", "1", "memory"

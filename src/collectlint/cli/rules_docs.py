"""`collectlint rules docs`: the pages of `docs/rules/`."""

from __future__ import annotations

from pathlib import Path

import click

from collectlint.cli.command import Command
from collectlint.cli.console import say, show
from collectlint.cli.opening import located, rule_folder
from collectlint.cli.options import rules_option
from collectlint.cli.outputs import WriteError
from collectlint.errors import RuleErrors
from collectlint.proof.page_style import MADE
from collectlint.rulebook.folder import Folder


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("folder", type=click.Path(file_okay=False), required=False, metavar="[文件夹]")
@rules_option
@click.option("--html", is_flag=True, help="写成网页，连同法规覆盖一页，默认写到 site")
@click.option("--check", is_flag=True, help="不写，只看文件夹里的是否与规则一致；不一致则退出码为 1")
def docs(folder: str | None, rules_dir: str | None, html: bool, check: bool) -> int:
    """写出每条规则一页的 Markdown 说明，默认写到 docs/rules；多余的旧页删去。"""

    rules = rule_folder(rules_dir)
    folder = folder or ("site" if html else "docs/rules")
    try:
        wanted = _wanted(rules, html)
    except RuleErrors as error:
        raise RuleErrors([located(one, rules) for one in error.errors]) from None
    target = Path(folder)
    stale = sorted(
        path
        for path in target.rglob("*.html" if html else "*.md")
        if path.relative_to(target).as_posix() not in wanted and path.is_file()
    )
    changed = [name for name, text in wanted.items() if _kept(target / name) != text]
    if check:
        for name in (*changed, *(path.relative_to(target).as_posix() for path in stale)):
            show(f"{folder}/{name} 与规则不一致")
        how = f"collectlint rules docs {'--html ' if html else ''}{folder}"
        say(f"{len(changed) + len(stale)} 页不一致，用 {how} 重写" if changed or stale else "全部一致")
        return 1 if changed or stale else 0
    try:
        for name in changed:
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[name], encoding="utf-8", newline="\n")
        for path in stale:
            if _ours(path):
                path.unlink()
    except OSError as error:
        raise WriteError(f"{folder} 写不进去：{error.strerror or error}") from None
    say(f"{len(wanted)} 页，改写 {len(changed)} 页")
    return 0


def _wanted(rules: Folder, html: bool) -> dict[str, str]:
    if not html:
        from collectlint.proof.pages import pages

        return pages(rules)
    from collectlint.proof.site import site
    from collectlint.run import today

    return site(rules, today())


def _kept(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _ours(file: Path) -> bool:
    """Was the page made here? What somebody else put into the folder stays."""
    return (_kept(file) or "").startswith(("<!-- 由 collectlint rules docs 生成", f"<!doctype html>\n{MADE}"))

"""`collectlint review import`: what reviewers answered in `review.xlsx`."""

from __future__ import annotations

import click

from collectlint.cli.command import Command, LazyGroup, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.options import rules_option

review = LazyGroup(
    "review",
    table={"import": ("collectlint.cli.review:import_", "读回复核结论，算各规则的准确率，另写语料候选")},
    help="人工复核：audit 写出 review.xlsx，复核人填好结论，再读回来。",
    subcommand_metavar="命令 [参数]...",
    options_metavar="[选项]",
)


@click.command("import", cls=Command, options_metavar="[选项]")
@click.argument("path", type=click.Path(), metavar="文件")
@click.option(
    "--candidates", type=click.Path(), metavar="文件", help="把已定的复核结论写成语料候选（JSONL，已遮盖）"
)
@click.option(
    "--format",
    "format_",
    type=OneOf(("text", "json")),
    default="text",
    metavar="格式",
    help="text（默认）或 json",
)
@rules_option
def import_(path: str, candidates: str | None, format_: str, rules_dir: str | None) -> int:
    """读回复核过的 review.xlsx：每条规则的准确率（成立 ÷ 已定）与 95% 置信区间。"""
    from collectlint.audit import review as reading
    from collectlint.cli.opening import rulebook_of
    from collectlint.cli.outputs import check_target, write_file
    from collectlint.errors import UsageError

    try:
        every = list(reading.verdicts(path))
    except ImportError:
        raise UsageError("读复核表需要另装 openpyxl", remedy='pip install "collectlint[audit]"') from None
    rows = reading.precisions(every)
    if candidates:
        check_target(candidates)
        families = {rule.id: rule.family for rule in rulebook_of(rules_dir).rules}
        data = reading.written(reading.candidates(every, families))
        write_file(candidates, lambda out: out.write(data))
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json([{**row._asdict(), "precision": row.precision} for row in rows], indent=2))
        return 0
    decided, unsure = sum(row.right + row.wrong for row in rows), sum(row.open for row in rows)
    say(f"共 {len(every)} 行，已定 {decided}，存疑 {unsure}，未填 {sum(row.unread for row in rows)}")
    for row in rows:
        if row.precision is None:
            show(f"{row.rule}  尚无结论")
            continue
        counts = f"成立 {row.right}，不成立 {row.wrong}"
        show(f"{row.rule}  准确率 {row.precision:.1%}（{row.low:.1%}–{row.high:.1%}）  {counts}")
    if candidates:
        say(f"语料候选：{candidates}，{data.count(10)} 份；请逐份看过再并入语料")
    return 0

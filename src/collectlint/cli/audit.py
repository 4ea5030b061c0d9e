"""`collectlint audit`: a night's messages and calls; goes on where it was broken off."""

from __future__ import annotations

import os
from typing import Any

import click

from collectlint.cli.command import Command, LazyGroup, OneOf
from collectlint.cli.console import note
from collectlint.cli.options import (
    as_of_option,
    day_of,
    lang_option,
    profile_option,
    reading_options,
    rules_option,
    selection_options,
    show_personal_option,
)
from collectlint.cli.settling import config_options, configuration, settle
from collectlint.errors import UsageError

_SEVERITIES = ("error", "warning", "info", "never")


class _Audit(LazyGroup):
    """`audit INPUT…` is `audit run INPUT…`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self._table:
            args.insert(0, "run")
        return super().parse_args(ctx, args)


audit = _Audit(
    "audit",
    table={
        "run": ("collectlint.cli.audit:run", "审计输入（不写子命令时即是）"),
        "diff": ("collectlint.cli.audit_diff:diff", "比较两次审计：新规则、新坐席、增减"),
        "query": ("collectlint.cli.audit_query:query", "用 SQL 查询审计的结果（需 collectlint[query]）"),
    },
)


class Share(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on
    """A share of documents: `5%` or `0.05`."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = 0.0
        if not 0 < share <= 1:
            self.fail(f"「{value}」不是比例，应形如 5% 或 0.05", param, ctx)
        return share


@click.command("audit", cls=Command, options_metavar="[选项]")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="输入...")
@click.option(
    "--out", required=True, type=click.Path(), metavar="文件夹", help="结果写到这里；已有的同一次审计会接着做"
)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="个数", help="工作进程数，默认为处理器核数")
@click.option(
    "--sample",
    type=Share(),
    default=1.0,
    metavar="比例",
    help="只抽查这一比例的文档，如 5%；跨文档计次规则此时不判",
)
@click.option("--since", callback=day_of, metavar="日期", help="只判这一天及以后的联系（更早的仍计入次数）")
@click.option(
    "--biz-date", callback=day_of, metavar="日期", help="只判这一天的联系（补数用；其他日子的仍计入次数）"
)
@click.option("--fail-on", type=OneOf(_SEVERITIES), default="never", metavar="程度",
              help="有此程度以上的问题时退出码为 1，默认 never")  # fmt: skip
@click.option("--max-findings", type=click.IntRange(1), default=20_000, metavar="处数",
              help="网页报告最多列出多少处，默认 20000；统计与数据文件不受限，略去多少会写明")  # fmt: skip
@click.option(
    "--severity", type=OneOf(_SEVERITIES[:3]), default="info", metavar="程度",
    help="报告只列此程度以上的问题，其余留在结果库里"
)  # fmt: skip
@click.option("--baseline", type=click.Path(), metavar="文件", help="基线：按指纹豁免其中的旧问题，同 check")
@lang_option
@click.option(
    "--no-report", is_flag=True, help="只写结果库与 summary.json，报告稍后用 collectlint report 生成"
)
@click.option("--unit-bytes", type=click.IntRange(1_000), default=1 << 20, hidden=True)
@click.option("-q", "--quiet", is_flag=True, help="不显示进度与小结")
@config_options
@rules_option
@profile_option
@selection_options
@reading_options
@as_of_option
@click.option(
    "--second-reader/--no-second-reader", default=True, help="是否听取第二读者（统计模型）的意见，默认是"
)
@show_personal_option
@click.pass_context
def run(
    ctx: click.Context, /, paths: tuple[str, ...], out: str, jobs: int | None, fail_on: str,
    max_findings: int, no_report: bool, unit_bytes: int, quiet: bool, config_file: str | None, isolated: bool,
    **given: Any,
) -> int:  # fmt: skip
    """审计大批短信与通话记录：JSONL、Parquet、CSV、识别结果文件夹等。

    中断后用同一条命令接着做。退出码：0 完成，1 有问题（须给 --fail-on），
    2 用法、配置或规则有误，3 有内容未能读取或判定。
    """
    from collectlint.audit.night import Plan, audit, stored_day
    from collectlint.audit.worker import Order
    from collectlint.cli import audit_bench
    from collectlint.cli.audit_progress import progress_of
    from collectlint.cli.audit_report import write_reports
    from collectlint.run import today

    if "-" in paths:
        raise UsageError("audit 不读标准输入", remedy="先存成文件：中断后要能重读")
    settled = settle(ctx, given, configuration(paths, config_file, isolated))
    if given["since"] and given["biz_date"]:
        raise UsageError("--since 与 --biz-date 不能同用", remedy="只留一个")
    biz_date = given.pop("biz_date")
    given["since"], given["until"] = (biz_date, biz_date) if biz_date else (given["since"], None)
    by_event = given["as_of"] is None
    day = given["as_of"] or stored_day(out) or today()
    config = settled.config.files[0] if settled.config and settled.config.files else None
    call = audit_bench.Call(given, config, settled.taken, paths, day, by_event)
    built = audit_bench.build(call)

    def order(secret: bytes) -> Order:
        own = call._replace(secret=secret)
        return Order(audit_bench.bench_of, own, built.bench.rulebook.sha256)

    plan = Plan(
        paths,
        out,
        jobs or _cores(),
        built.bench,
        order,
        built.settings,
        seed=built.failures,
        baseline=built.baseline,
        unit_bytes=unit_bytes,
    )
    try:
        with progress_of(quiet) as progress:
            audit(plan, progress)
    except (KeyboardInterrupt, SystemExit):
        note("注意：已完成的部分都在结果库里，用同一条命令接着做")
        raise
    return write_reports(out, given["lang"], max_findings, fail_on, quiet, no_report)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

"""`collectlint rules vet`: what is wrong with a rule folder."""

from __future__ import annotations

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.opening import located_place, rule_folder
from collectlint.cli.options import as_of_option, rules_option
from collectlint.linter import Options
from collectlint.run import today

_LEVELS = {"error": "错误", "warning": "警告"}


@click.command("vet", cls=Command, options_metavar="[选项]")
@rules_option
@as_of_option
@click.option("--strict", is_flag=True, help="有警告时退出码也为 1")
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
def vet_rules(rules_dir: str | None, as_of: str | None, strict: bool, format_: str) -> int:
    """审查规则：能否命中、依据是否登记并在施行、核验程度、例句数目、标题、弃用、词表。"""
    from collectlint.proof.vet import vet

    folder = rule_folder(rules_dir)
    faults = vet(folder, Options(as_of=as_of or today()))
    faults = [fault._replace(place=located_place(fault.place, folder)) for fault in faults]
    errors = sum(fault.level == "error" for fault in faults)
    if format_ == "json":
        from collectlint.record import to_json

        records = [
            {
                "path": fault.place.path,
                "line": fault.place.line,
                "column": fault.place.column,
                "level": fault.level,
                "code": fault.code,
                "message": fault.message,
                "remedy": fault.remedy,
            }
            for fault in faults
        ]
        say(to_json({"errors": errors, "warnings": len(faults) - errors, "faults": records}, 1))
    else:
        for fault in faults:
            remedy = f"（{fault.remedy}）" if fault.remedy else ""
            show(f"{fault.place}: {_LEVELS[fault.level]} {fault.code} {fault.message}{remedy}")
        say(f"{errors} 处错误，{len(faults) - errors} 处警告")
    return 1 if errors or (strict and faults) else 0

"""`collectlint explain`: a rule by its id, or why a text hit and which rules nearly did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import click

from collectlint.cli import rule_page
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.opening import rule_folder, rulebook_of
from collectlint.cli.options import as_of_option, lang_option, rules_option, show_personal_option
from collectlint.document import CHANNELS, JURISDICTIONS, PARTIES
from collectlint.finding import Basis
from collectlint.linter import Options
from collectlint.reporters.citing import cited
from collectlint.run import today, word_edges
from collectlint.words import words
from collectlint.words.commands import command_words

_ID = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)+")


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("subject", metavar="文字|规则编号")
@rules_option
@click.option(
    "--jurisdiction", type=OneOf(JURISDICTIONS), default="cn", metavar="法域", help="法域 cn、tw、hk"
)
@click.option("--channel", type=OneOf(CHANNELS), metavar="渠道", help="渠道，如 sms、call")
@click.option("--party", type=OneOf(PARTIES), default="debtor", metavar="对象", help="对谁说，如 family")
@as_of_option
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@lang_option
@show_personal_option
def explain(
    subject: str, rules_dir: str | None, jurisdiction: str, channel: str | None, party: str,
    as_of: str | None, format_: str, lang: str, show_personal: bool,
) -> int:  # fmt: skip
    """解释一条规则，或一句话命中了哪些规则、险些命中哪些规则。"""
    rulebook = rulebook_of(rules_dir)
    if _ID.fullmatch(subject):
        rule = rule_page.rule_by_id(rulebook, subject)
        told = rule_page.record(rule, rulebook, rule_page.rule_values(rule_folder(rules_dir), rule.id))
        _print([told] if format_ == "json" else rule_page.lines(told, lang))
        return 0

    from collectlint.proof.explain import explain as explained
    from collectlint.readers.settings import ReadSettings
    from collectlint.readers.table import read_text

    document = read_text(subject, ReadSettings(jurisdiction=jurisdiction, channel=channel or "", party=party))
    options = Options(
        as_of=as_of or today(), by_event=as_of is None, lang=lang, boundaries=word_edges(rulebook)
    )
    found = _record(explained(document, rulebook, options), show_personal, lang)
    _print([found] if format_ == "json" else _lines(found, lang))
    return 0


def _print(told: Any) -> None:
    from collectlint.record import to_json

    for one in told:
        if isinstance(one, dict):
            say(to_json(one, 1))
        else:
            show(one)


def _record(found: Any, show_personal: bool, lang: str) -> dict[str, Any]:
    from collectlint.finding import Report
    from collectlint.record import finding_record, not_evaluated_record
    from collectlint.redact import mask_text, redact
    from collectlint.worded import in_language

    report = Report(found.findings, found.not_evaluated, (), 1)
    mask: Callable[[str], str] = _as_it_is
    if not show_personal:
        mask = mask_text
        report = redact(report)
    report = in_language(report, lang)
    return {
        "findings": [finding_record(one) for one in report.findings],
        "near": [
            {
                **one._asdict(),
                "reason": mask(one.reason),
                "words": mask(one.words),
                "cues": [
                    {"words": mask(cue.words), "stance": str(cue.stance), "cue": mask(cue.cue)}
                    for cue in one.cues
                ],
            }
            for one in found.near
        ],
        "not_evaluated": [not_evaluated_record(one) for one in report.not_evaluated],
    }


def _as_it_is(text: str) -> str:
    return text


def _lines(found: dict[str, Any], lang: str) -> Iterator[str]:
    said, more = words(lang), command_words(lang)
    yield more.hits.format(len(found["findings"]))
    for one in found["findings"]:
        matched = said.quoted.format(one["matched"])
        yield f"  {said.severities[one['severity']]} {one['rule']}  {one['title']}{said.colon}{matched}"
        for basis in one["basis"]:
            yield f"    {said.basis}{said.colon}{cited(Basis(**basis), said)}"
        if one["via"]:
            yield f"    {said.via}{said.colon}{more.listing.join(one['via'])}"
        yield f"    {said.remedy}{said.colon}{one['remedy']}"
    yield more.nearly.format(len(found["near"]))
    for one in found["near"]:
        matched = f"{said.colon}{said.quoted.format(one['words'])}" if one["words"] else ""
        yield f"  {one['rule']}  {one['title']}{matched}"
        yield f"    {more.near[one['kind']]}{said.colon}{one['reason']}"
    if found["not_evaluated"]:
        yield more.undecided.format(len(found["not_evaluated"]))
        for one in found["not_evaluated"]:
            yield f"  {one['rule']}{said.colon}{one['reason']}"

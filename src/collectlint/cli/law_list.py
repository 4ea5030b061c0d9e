"""`collectlint law list`."""

from __future__ import annotations

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.opening import located, rule_folder
from collectlint.cli.options import lang_option, rules_option
from collectlint.cli.rule_page import period
from collectlint.document import JURISDICTIONS
from collectlint.errors import RuleErrors
from collectlint.rulebook.requirements import wanted_of
from collectlint.rulebook.rule import in_language
from collectlint.rulebook.shapes import REQUIREMENT_KINDS, SOURCE_KINDS
from collectlint.words import words
from collectlint.words.commands import command_words


@click.command("list", cls=Command, options_metavar="[选项]")
@rules_option
@click.option("--requirements", is_flag=True, help="列出各项要求，而不是法规")
@click.option("--jurisdiction", type=OneOf(JURISDICTIONS), metavar="法域", help="只列这个法域的")
@click.option(
    "--kind",
    type=OneOf((*SOURCE_KINDS, *REQUIREMENT_KINDS)),
    metavar="种类",
    help="只列这种法规（如 law）或要求（T、M、P、D）",
)
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@lang_option
def list_law(
    rules_dir: str | None, requirements: bool, jurisdiction: str | None, kind: str | None, format_: str,
    lang: str,
) -> int:  # fmt: skip
    """列出登记的法规：代号、名称、效力、施行期间、核验程度。"""
    from collectlint.record import to_json
    from collectlint.rulebook.folder import read
    from collectlint.rulebook.requirements import read_requirements

    said, more = words(lang), command_words(lang)
    folder = rule_folder(rules_dir)
    sources = read(folder).sources
    wanted = (jurisdiction, "any") if jurisdiction else (*JURISDICTIONS, "any")
    if requirements or kind in REQUIREMENT_KINDS:
        found = read_requirements(folder, sources)
        if found.errors:
            raise RuleErrors([located(one, folder) for one in found.errors])
        rows = [
            one
            for one in found.rows.values()
            if one.jurisdiction in wanted and (kind is None or kind in one.kinds)
        ]
        if format_ == "json":
            say(
                to_json(
                    [
                        {
                            **one._asdict(),
                            "clauses": [c._asdict() for c in one.clauses],
                            "place": str(one.place),
                        }
                        for one in rows
                    ],
                    1,
                )
            )
            return 0
        for one in rows:
            kinds = more.listing.join(more.letters[letter] for letter in one.kinds) or "—"
            show(f"{one.id:<7} {kinds}  {wanted_of(one, lang)}  [{said.marks[one.verified]}]")
        say(more.requirements_total.format(len(rows)))
        return 0
    chosen = {
        name: source
        for name, source in sources.items()
        if source["jurisdiction"] in wanted and (kind is None or kind == source["kind"])
    }
    if format_ == "json":
        say(to_json([{"id": name, **source} for name, source in chosen.items()], 1))
        return 0
    width = max((len(name) for name in chosen), default=0)
    for name, source in chosen.items():
        title, kind_ = in_language(source["title"], lang), more.instruments[source["kind"]]
        clauses = more.clauses.format(len(source["clauses"]))
        told = f"{title}  {kind_}  {period(source['in_force'], lang)}  {clauses}"
        show(f"{name:<{width}}  {told}  [{said.marks[source['verified']]}]")
    say(more.instruments_total.format(len(chosen)))
    return 0

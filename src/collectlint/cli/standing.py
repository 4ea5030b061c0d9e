"""Which rules a run uses: of which folder, under which profile, by which patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from collectlint.cli.opening import profile_of, rulebook_of
from collectlint.cli.settling import Given
from collectlint.finding import Severity
from collectlint.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collectlint.config.by_path import ByPath

FACTS = ("creditor_type", "product", "speaker_role")  # what a profile or an option says of all documents


class Standing(NamedTuple):
    """The rules, the ids of those that are on (None: all but those off by default), and what goes with it."""

    rulebook: Rulebook
    only: frozenset[str] | None
    severities: dict[str, Severity]
    jurisdiction: str | None
    facts: dict[str, str | None]
    by_path: ByPath | None


def standing(given: dict[str, Any], settled: Given, day: str) -> Standing:
    """What `--rules`, `--profile`, `--select`, `--ignore` and the configuration come to on a day."""
    facts: dict[str, str | None] = {name: given[name] for name in FACTS}
    jurisdiction = given["jurisdiction"]
    only: frozenset[str] | None = None
    severities: dict[str, Severity] = {}
    if given["profile"] is None:
        rulebook = rulebook_of(given["rules_dir"])
    else:
        whose, rulebook, stands = profile_of(given["profile"], given["rules_dir"], day)
        jurisdiction = jurisdiction or whose.jurisdiction
        facts = {name: value or getattr(whose, name) for name, value in facts.items()}
        only = frozenset(one.rule.id for one in stands if one.used)
        severities = {one.rule.id: one.severity for one in stands if one.severity != one.rule.severity}
    by_path = None
    if settled.config is not None:
        from collectlint.config.by_path import ByPath

        by_path = ByPath(settled.config, rulebook.rules, settled.taken)
    patterns = _chosen(rulebook, given["select"], given["ignore"])
    if patterns is not None:
        only = patterns if only is None else only & patterns
    return Standing(rulebook, only, severities, jurisdiction, facts, by_path)


def _chosen(rulebook: Rulebook, select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str] | None:
    if not select and not ignore:
        return None
    from collectlint.rulebook.selection import chosen

    return chosen(rulebook.rules, select, ignore)

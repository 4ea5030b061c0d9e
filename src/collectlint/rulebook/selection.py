"""Which rules of a rulebook a run uses, by ids, folders and globs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from collectlint.errors import UsageError
from collectlint.rulebook.rule import Rule


def chosen(rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str]) -> frozenset[str] | None:
    """Ids of the rules that `select` (default: all) takes and `ignore` does not; None = no choice was made.

    A pattern is an id (`cn/threat/jail`), a folder (`cn/threat`) or a glob (`*/abuse/*`). A rule that is
    off by default is taken only by its full id. Raises UsageError for a pattern that fits no rule.
    """
    select, ignore = tuple(select), tuple(ignore)
    if not select and not ignore:
        return None
    wanted = {rule.id for rule in rules if not rule.off and not select}
    for pattern in select:
        matched = fitting(rules, pattern)
        wanted.update(rule.id for rule in matched if not rule.off or rule.id == pattern)
    for pattern in ignore:
        wanted.difference_update(rule.id for rule in fitting(rules, pattern))
    return frozenset(wanted)


def fitting(rules: Sequence[Rule], pattern: str) -> list[Rule]:
    """The rules that a pattern fits; raises UsageError when there is none."""
    folder = pattern.rstrip("/") + "/"
    found = [rule for rule in rules if fnmatchcase(rule.id, pattern) or rule.id.startswith(folder)]
    if not found:
        raise UsageError(f"没有规则符合「{pattern}」", remedy=near_ids(rules, pattern))
    return found


def near_ids(rules: Sequence[Rule], pattern: str) -> str:
    """A remedy for an id that no rule has."""
    from difflib import get_close_matches

    near = get_close_matches(pattern, [rule.id for rule in rules], 3)
    return f"是否指 {'、'.join(near)}？" if near else "用 collectlint rules list 查看全部规则"

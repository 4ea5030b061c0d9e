"""Opens the rules a command was told to use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from collectlint.errors import Place, RuleError, RuleErrors, UsageError
from collectlint.rulebook.folder import Folder, OnDisk, load, shipped
from collectlint.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collectlint.rulebook.profile import Profile, Standing


def rule_folder(rules_dir: str | None) -> Folder:
    """The folder of rules asked for; raises UsageError when there is none."""
    if rules_dir is None:
        return shipped()
    folder = OnDisk(os.path.abspath(rules_dir))
    if not folder.is_dir():
        raise UsageError(f"找不到规则文件夹 {rules_dir}", remedy="用 collectlint init 可写一个例子")
    return folder


def rulebook_of(rules_dir: str | None) -> Rulebook:
    """The rulebook of `--rules`; raises RuleErrors with places that can be opened from here."""
    folder = rule_folder(rules_dir)
    try:
        rulebook = load(folder)
    except RuleErrors as error:
        raise RuleErrors([located(one, folder) for one in error.errors]) from None
    if not rulebook.rule_ids:
        raise UsageError(
            f"文件夹 {rules_dir or '随附规则'} 里没有规则", remedy="规则放在 <包>/<类别>/<名称>.yaml"
        )
    return rulebook


def profile_of(
    name: str, rules_dir: str | None, day: str, lang: str = "zh"
) -> tuple[Profile, Rulebook, list[Standing]]:
    """A profile, the rules as it changes them, and what stands in it on that day, explained in `lang`."""
    from collectlint.rulebook.folder import load_changed
    from collectlint.rulebook.profile import read_profile, standings

    folder = rule_folder(rules_dir)
    profile = read_profile(name, folder)
    if profile.changes is None:
        rulebook = rulebook_of(rules_dir)
    else:
        try:
            rulebook = load_changed(folder, profile.changes)
        except RuleErrors as error:
            raise RuleErrors([located(one, folder) for one in error.errors]) from None
    return profile, rulebook, standings(profile, rulebook, day, lang)


def located(error: RuleError, folder: Folder) -> RuleError:
    """The error with its path as seen from the working folder."""
    if error.place is None:
        return error
    return RuleError(error.message, located_place(error.place, folder), error.remedy)


def located_place(place: Place, folder: Folder) -> Place:
    """A place of a rule folder, whose paths begin with the folder's name, as seen from the working folder."""
    if not isinstance(folder, os.PathLike):
        return place
    whole = str(folder)
    inner = place.path.partition("/")[2]
    try:
        shown = os.path.relpath(whole)
    except ValueError:  # another drive
        shown = whole
    if shown.startswith(os.pardir):
        shown = whole
    return place._replace(path=os.path.normpath(os.path.join(shown, inner)))

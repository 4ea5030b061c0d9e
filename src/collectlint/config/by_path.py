"""What a configuration settles for one path, and the rules its patterns name."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from collectlint.config.load import Config, Override, Setting
from collectlint.errors import ConfigError, ConfigErrors, UsageError
from collectlint.finding import Severity
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.selection import fitting


class Settled(NamedTuple):
    """For one path: settings by key, rules that are off, and severities that rules have."""

    settings: Mapping[str, Setting] = {}
    off: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = {}


class ByPath:
    """Answers for one path after another; raises ConfigErrors at once for patterns that fit no rule.

    `taken` are keys that the command line has settled for all paths.
    """

    def __init__(self, config: Config, rules: Sequence[Rule], taken: Collection[str] = ()) -> None:
        self._config = config
        self._taken = frozenset(taken)
        self._known: dict[str, Settled | None] = {}
        errors: list[ConfigError] = []
        for name in ("select", "ignore"):
            if name in config.settings and name not in self._taken:
                _ids(config.settings[name], rules, errors)
        self._severity = _severities(config.settings, rules, errors)
        self._resolved = [
            (
                {key: one for key, one in each.settings.items() if key not in self._taken},
                _off(each, rules, errors) if "ignore" not in self._taken else frozenset[str](),
                _severities(each.settings, rules, errors),
            )
            for each in config.overrides
        ]
        if errors:
            raise ConfigErrors(errors)

    def of(self, path: str) -> Settled | None:
        """What holds for a path; None = it is excluded."""
        if path not in self._known:
            self._known[path] = self._settled(path)
        return self._known[path]

    def _settled(self, path: str) -> Settled | None:
        if not path or path.startswith("<"):  # standard input, a text of the command line
            return Settled({}, frozenset(), self._severity)
        whole = os.path.abspath(path)
        if any(_fits(spec, base, whole) for spec, base in self._excluding):
            return None
        settings: dict[str, Setting] = {}
        off: frozenset[str] = frozenset()
        severity = dict(self._severity)
        for (spec, base), (own, without, changed) in zip(self._specs, self._resolved, strict=True):
            if _fits(spec, base, whole):
                settings |= own
                off |= without
                severity |= changed
        return Settled(settings, off, severity)

    @cached_property
    def _specs(self) -> list[tuple[Any, str]]:
        return [(_spec(each.patterns), each.base) for each in self._config.overrides]

    @cached_property
    def _excluding(self) -> list[tuple[Any, str]]:
        return [(_spec(each.patterns), each.base) for each in self._config.excluded]


def _spec(patterns: Sequence[str]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _fits(spec: Any, base: str, whole: str) -> bool:
    try:
        below = os.path.relpath(whole, base)
    except ValueError:  # another drive
        return False
    return not below.startswith(os.pardir) and bool(spec.match_file(below.replace(os.sep, "/")))


def _off(override: Override, rules: Sequence[Rule], errors: list[ConfigError]) -> frozenset[str]:
    if "ignore" not in override.settings:
        return frozenset()
    return frozenset(rule for ids in _ids(override.settings["ignore"], rules, errors) for rule in ids)


def _severities(
    settings: Mapping[str, Setting], rules: Sequence[Rule], errors: list[ConfigError]
) -> dict[str, Severity]:
    """Severity by rule id; of several patterns that fit a rule the last one counts."""
    if "severity" not in settings:
        return {}
    written = settings["severity"]
    named = _ids(written, rules, errors)
    return {
        rule: Severity[level.upper()]
        for ids, level in zip(named, written.value.values(), strict=True)
        for rule in ids
    }


def _ids(setting: Setting, rules: Sequence[Rule], errors: list[ConfigError]) -> list[list[str]]:
    """The rules that each pattern of a setting fits."""
    found = []
    for pattern, place in zip(setting.value, setting.places, strict=False):
        try:
            found.append([rule.id for rule in fitting(rules, pattern)])
        except UsageError as error:
            errors.append(ConfigError(error.message, place, error.remedy))
            found.append([])
    return found

"""The baseline: findings of old that are waived by fingerprint, one a line, sorted; JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from collectlint.errors import ConfigError, ConfigErrors, Place
from collectlint.finding import Finding, Report, Waived
from collectlint.rulebook.plain import node_of
from collectlint.rulebook.syntax import split_lines
from collectlint.rulebook.walk import walk
from collectlint.shape import Day, Field, Shape, Text, Whole
from collectlint.visible import without_surrogates
from collectlint.waiver.trouble import EXPIRED, UNUSED, Spot, is_trouble, trouble

_LARGEST = 64 << 20  # bytes
_ENTRY = Shape(
    {
        "path": Field(Text(), required=True, zh="文件，从基线所在文件夹写起", en="file"),
        "rule": Field(Text(), required=True, zh="规则编号", en="rule"),
        "fingerprint": Field(Text(pattern="[0-9a-f]{16}"), required=True, zh="指纹", en="fingerprint"),
        "count": Field(Whole(least=2), default=1, zh="同样的有几处，一处不写", en="how many, if several"),
        "reason": Field(Text(), required=True, zh="理由", en="reason"),
        "until": Field(Day(), default="", zh="最后一天", en="last day"),
    }
)

Key = tuple[str, str]  # path as the file has it, fingerprint


class Entry(NamedTuple):
    """One line of a baseline; `line` is where it stands."""

    path: str
    rule: str
    fingerprint: str
    times: int
    reason: str
    until: str
    line: int = 0

    @property
    def key(self) -> Key:
        return self.path, self.fingerprint

    def is_over(self, as_of: str) -> bool:
        """Is the last day before `as_of`?"""
        return bool(self.until) and self.until < as_of


def read(path: str, told: str) -> list[Entry]:
    """The entries of a file, which messages call `told`; raises ConfigErrors with every fault."""
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigErrors(
            [ConfigError(f"基线读不出来：{error.strerror or error}", Place(told), "检查路径和权限")]
        ) from None
    if len(data) > _LARGEST:
        raise ConfigErrors([ConfigError("基线过大", Place(told), "先改掉一部分问题")])
    errors: list[ConfigError] = []
    entries: list[Entry] = []
    seen: dict[Key, int] = {}
    for number, line in enumerate(split_lines(data.decode("utf-8-sig", "replace")), 1):
        if not line.strip():
            continue
        place = Place(told, number, 1)
        entry = _entry(line, number, place, errors)
        if entry is None:
            continue
        if entry.key in seen:
            errors.append(ConfigError(f"与第 {seen[entry.key]} 行重复", place, "只留一行"))
        seen.setdefault(entry.key, number)
        entries.append(entry)
    if errors:
        raise ConfigErrors(errors)
    return entries


def _entry(line: str, number: int, place: Place, errors: list[ConfigError]) -> Entry | None:
    try:
        value = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        repeated = isinstance(error, _RepeatedKeyError)
        message = f"键 {error} 写了两次" if repeated else "这一行不是合法的 JSON"
        errors.append(ConfigError(message, place, "每行一个 JSON 对象；合并冲突的标记要删掉"))
        return None
    if not isinstance(value, dict):
        errors.append(ConfigError("这一行应为 JSON 对象", place, '形如 {"path": …, "rule": …}'))
        return None
    values, _, faults = walk(node_of(value, lambda _: place), _ENTRY, {})
    errors.extend(ConfigError(one.message, one.place, one.remedy) for one in faults)
    times = values.pop("count")
    return None if faults else Entry(**values, times=times, line=number)


class _RepeatedKeyError(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise _RepeatedKeyError(key)
        record[key] = value
    return record


def applied(
    report: Report,
    entries: Sequence[Entry],
    told: str,
    path_of: Callable[[Finding], str],
    expected: Callable[[Entry], bool],
    as_of: str,
    lang: str = "zh",
) -> Report:
    """The report without what the baseline waives, with a finding for each entry that does not hold.

    `path_of` gives a finding's path as the baseline has it; `expected` says whether the run looked where
    an entry's finding would be.
    """
    by_key = {entry.key: entry for entry in entries}
    used: dict[Key, int] = {}
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in report.findings:
        key = (path_of(finding), finding.fingerprint)
        entry = None if is_trouble(finding) else by_key.get(key)
        if entry is None or entry.is_over(as_of) or used.get(key, 0) >= entry.times:
            kept.append(finding)
        else:
            used[key] = used.get(key, 0) + 1
            waived.append(Waived(finding, entry.reason, entry.until, told, entry.line))
    for entry in entries:
        if expected(entry):
            kept.extend(troubles(entry, used.get(entry.key, 0), told, as_of, lang))
    return report._replace(
        findings=tuple(kept),
        waived=(*report.waived, *waived),
        suppressed=report.suppressed + len(waived),
    )


def troubles(entry: Entry, used: int, told: str, as_of: str, lang: str) -> Iterator[Finding]:
    """A finding when the entry, of which `used` were there, is over or waives more than there is."""
    spot = Spot(told, entry.line, 1, f"{entry.rule} {entry.fingerprint}")
    if entry.is_over(as_of):
        message = f"{entry.path} 的基线豁免已于 {entry.until} 到期。"
        remedy = "改掉问题后删掉这一行，或用 --write-baseline --reason --until 重新申请"
        yield trouble(EXPIRED, spot, message, remedy, lang)
    elif used < entry.times:
        message = (
            f"{entry.path} 的这处问题只剩 {used} 处，基线记了 {entry.times} 处。"
            if used
            else f"{entry.path} 已没有这处问题，基线豁免没有用到。"
        )
        yield trouble(UNUSED, spot, message, "用 --write-baseline 更新基线", lang)


def renewed(
    findings: Iterable[Finding],
    entries: Sequence[Entry],
    path_of: Callable[[Finding], str],
    expected: Callable[[Entry], bool],
    reason: str,
    until: str,
    as_of: str,
) -> tuple[list[Entry], int]:
    """The entries for `findings`, and how many lack a reason because they are new and `reason` is empty.

    An entry that still holds keeps its reason and day, unless they are given anew for an expired one;
    what the run did not look at stays, what is gone goes.
    """
    before: Mapping[Key, Entry] = {entry.key: entry for entry in entries}
    made: dict[Key, Entry] = {}
    lacking = 0
    for finding in findings:
        if is_trouble(finding):
            continue
        key = (path_of(finding), finding.fingerprint)
        if key in made:
            made[key] = made[key]._replace(times=made[key].times + 1)
            continue
        old = before.get(key)
        if old is not None and not old.is_over(as_of):
            made[key] = old._replace(times=1)
            continue
        lacking += not reason
        made[key] = Entry(key[0], finding.rule, key[1], 1, reason, until)
    made |= {entry.key: entry for entry in entries if entry.key not in made and not expected(entry)}
    return sorted(made.values(), key=lambda one: (one.path, one.rule, one.fingerprint)), lacking


def written(entries: Iterable[Entry]) -> bytes:
    """The file: one entry a line, keys always in the same order, nothing that changes by itself."""
    lines = []
    for entry in entries:
        record = {"path": entry.path, "rule": entry.rule, "fingerprint": entry.fingerprint}
        extra: dict[str, Any] = {"count": entry.times} if entry.times > 1 else {}
        extra["reason"] = entry.reason
        if entry.until:
            extra["until"] = entry.until
        lines.append(without_surrogates(json.dumps(record | extra, ensure_ascii=False)) + "\n")
    return "".join(lines).encode()

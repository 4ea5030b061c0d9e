"""Texts of template files that nobody named as messages: counted, and told in the report."""

from __future__ import annotations

from collectlint.cli.settling import shown_path
from collectlint.finding import NotEvaluated, Report

RULE = "input/texts"
_TOLD = 10  # files named one by one


class LeftAlone:
    """Takes the counts while files are read."""

    def __init__(self) -> None:
        self._files: dict[str, int] = {}

    def take(self, path: str, texts: int) -> None:
        self._files[shown_path(path)] = self._files.get(shown_path(path), 0) + texts

    def told(self, report: Report) -> Report:
        """The report with an entry for each file, the most texts first; many files share the last one."""
        if not self._files:
            return report
        files = sorted(self._files.items(), key=lambda one: (-one[1], one[0]))
        items = [
            NotEvaluated(path, RULE, f"{path}：{texts} 处中文不在话术常用的键下，未检查（配置 texts 可指明）")
            for path, texts in files[:_TOLD]
        ]
        rest = files[_TOLD:]
        if rest:
            total = sum(texts for _, texts in rest)
            reason = f"另有 {len(rest)} 个文件共 {total} 处中文不在话术常用的键下，未检查"
            items.append(NotEvaluated(rest[0][0], RULE, reason))
        return report._replace(not_evaluated=(*report.not_evaluated, *items))

"""What one file may give: documents of a bearable length, and not a failure for each of a million records."""

from __future__ import annotations

from collectlint.document import Document
from collectlint.finding import Failure
from collectlint.readers.settings import Items, ReadSettings


def bounded(items: Items, path: str, settings: ReadSettings) -> Items:
    """The same items; overlong documents become failures, failures beyond the limit one that counts them.

    A file that has given nothing but failures by then is not read on.
    """
    documents = failures = 0
    most = settings.max_failures_per_file
    for item in items:
        failure = item if isinstance(item, Failure) else _too_long(item, settings)
        if failure is None:
            documents += 1
            yield item
            continue
        failures += 1
        if failures <= most:
            yield failure
        elif not documents:
            yield Failure(
                path, failure.line, f"前 {most} 处都有误，其后未读", "请确认文件是否选对、格式是否正确"
            )
            return
    if failures > most:
        yield Failure(path, 0, f"另有 {failures - most} 处有误，未逐一列出", "请先改正已列出的")


def _too_long(document: Document, settings: ReadSettings) -> Failure | None:
    most = settings.max_document_chars
    if sum(len(turn.text) for turn in document.turns) <= most:
        return None
    shown = f"{most // 10_000} 万字" if most >= 10_000 else f"{most} 字"
    return Failure(
        document.origin.path,
        document.origin.line,
        f"文档 {document.id} 超过 {shown}的上限，未检查",
        "请拆分，或调高 max_document_chars",
    )

"""The engine judged on documents that its second reader has not learnt from, whole groups at a time.

A model trained on an author's other texts learns the author as well as the offence; holding out all
of an author, a region or a file shows what is left on texts by somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.likeness import Model
from collectlint.proof.train import train
from collectlint.rulebook.rulebook import Rulebook

LEAST_GROUPS = 2
_VOICE = "voice:"

AXES: Mapping[str, Callable[[Document], str]] = {
    "file": lambda document: document.origin.path,
    "jurisdiction": lambda document: document.jurisdiction,
    "voice": lambda document: next(
        (tag for tag in (document.label or {}).get("tags", ()) if tag.startswith(_VOICE)), _VOICE
    ),
}


class Group(NamedTuple):
    """Documents with the rulebook whose second reader was trained on all the others."""

    name: str
    documents: list[Document]
    rulebook: Rulebook


def held_out(documents: Iterable[Document], rulebook: Rulebook, axis: str) -> Iterator[Group]:
    """One group for each value of an axis of `AXES`, in order of the values.

    Raises UsageError without scikit-learn, or when there is only one group.
    """
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(AXES[axis](document), []).append(document)
    if len(groups) < LEAST_GROUPS:
        raise UsageError(f"按 {axis} 只有一组文档,没有可留出的", remedy="多给些语料,或换一个维度")
    for name, inside in sorted(groups.items()):
        others = [document for other, some in groups.items() if other != name for document in some]
        yield Group(name, inside, rulebook.with_model(Model(train(others, rulebook))))

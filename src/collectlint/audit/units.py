"""The input as units of work: slices of large files, several small files together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from collectlint.errors import InputError
from collectlint.finding import Failure
from collectlint.readers import files, slices
from collectlint.readers.settings import ReadSettings
from collectlint.readers.slices import Slice

_MOST_FILES = 256  # of one unit


class Input(NamedTuple):
    """A file of the run; `file` counts from 1 in the order of the run."""

    file: int
    path: str
    sha256: str
    bytes: int


class Part(NamedTuple):
    """A slice and the number of its file."""

    file: int
    slice: Slice


class Unit(NamedTuple):
    """What one worker does at a time and the store takes at once; `unit` counts from 1.

    `failures` are found before anything is read: folders that cannot be listed.
    """

    unit: int
    parts: tuple[Part, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def weight(self) -> int:
        """About how many bytes it is."""
        return sum(part.slice.weight for part in self.parts)


Found = Input | Unit


def found(
    paths: tuple[str, ...], reading: Callable[[str], ReadSettings | None], most: int
) -> Iterator[Found]:
    """The inputs, and the units they make, in the order of the report; a unit comes after its inputs.

    `most` is the size in bytes from which a file is cut and a unit is full.
    """
    number = 0
    file = 0
    waiting: list[Part] = []
    faults: list[Failure] = []
    for path, name, named, fault in _files(paths):
        if fault is not None:
            faults.append(fault)
            continue
        settings = reading(files.shown(path))
        if settings is None:
            continue
        cut = slices.cut(path, name, named, settings, most)
        if not cut.slices:
            continue
        file += 1
        yield Input(file, files.shown(path), cut.sha256, cut.slices[0].size)
        for part in cut.slices:
            held = sum(one.slice.weight for one in waiting)
            if waiting and (held + part.weight > most or len(waiting) >= _MOST_FILES):
                number += 1
                yield Unit(number, tuple(waiting), tuple(faults))
                waiting, faults = [], []
            waiting.append(Part(file, part))
    if waiting or faults:
        yield Unit(number + 1, tuple(waiting), tuple(faults))


def _files(paths: tuple[str, ...]) -> Iterator[tuple[str, str, bool, Failure | None]]:
    """(path, name, was it named itself?, what is wrong) of every file."""
    for path in paths:
        try:
            is_folder = files.is_folder(path)
        except InputError as error:
            yield "", "", True, files.failure_of(error, files.shown(path))
            continue
        if not is_folder:
            yield path, os.path.basename(path), True, None
            continue
        empty = True
        for one in files.walk(path):
            empty = False
            if isinstance(one, Failure):
                yield "", "", False, one
            else:
                yield one.path, one.name, False, None
        if empty:
            yield "", "", False, Failure(files.shown(path), 0, "文件夹是空的", "检查路径")

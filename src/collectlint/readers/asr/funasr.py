"""FunASR: `sentence_info[]` whose words are under `text` or `sentence`, or `stamp_sents[]`; milliseconds."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words
from collectlint.readers.json_place import Path


def claims(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("sentence_info"), list) or has(value.get("stamp_sents"), "text_seg"):
        return True
    # Without sentences there are the words and their times.
    return (
        isinstance(value.get("text"), str)
        and isinstance(value.get("timestamp"), (list, str))
        and "key" in value
    )


def read(value: Any) -> Call:
    known = identified(value, "key", "wav_name")
    others = {"asr": "funasr"}
    if isinstance(value.get("sentence_info"), list):
        said = _sentences(value["sentence_info"])
    elif has(value.get("stamp_sents"), "text_seg"):
        said = _stamped(value["stamp_sents"])
    else:
        text = words(value, "text", "结果")
        stamps = value["timestamp"] if isinstance(value["timestamp"], list) else []
        pairs = [pair for pair in stamps if isinstance(pair, list) and len(pair) == 2]
        first = time({"t": pairs[0][0]}, "t") if pairs else None
        last = time({"t": pairs[-1][1]}, "t") if pairs else None
        said = [Said(text, "", first, last, ("text",))]
    return Call(said, "ms", known, others)


def _sentences(value: Any) -> list[Said]:
    said = []
    for index, item in entries(value, "sentence_info"):
        key = "text" if item.get("text") else "sentence"
        text = words(item, key, f"sentence_info[{index}]")
        said.append(
            Said(
                text,
                voice(item.get("spk")),
                time(item, "start"),
                time(item, "end"),
                ("sentence_info", index, key),
            )
        )
    return said


def _stamped(value: Any) -> list[Said]:
    """The runtime's sentences: characters apart by blanks, the punctuation in a key of its own."""
    said = []
    for index, item in entries(value, "stamp_sents"):
        spaced = words(item, "text_seg", f"stamp_sents[{index}]")
        text = ""
        parts = []
        offset = 0
        for piece in spaced.split(" "):
            if piece:
                # Latin words keep the blank between them.
                if text and text[-1].isascii() and piece[0].isascii():
                    text += " "
                parts.append((len(text), offset))
                text += piece
            offset += len(piece) + 1
        mark = words(item, "punc", f"stamp_sents[{index}]")
        places: list[tuple[int, int, Path]] = [
            (start, source, ("stamp_sents", index, "text_seg")) for start, source in parts
        ]
        places.append((len(text), 0, ("stamp_sents", index, "punc")))
        said.append(
            Said(
                text and text + mark,
                voice(at(item, "spk")),
                time(item, "start"),
                time(item, "end"),
                parts=tuple(places),
            )
        )
    return said

"""State machines and strategies over the parts that keep state or read bytes: whatever comes, they hold."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from collectlint import cache
from collectlint.document import Document, Origin, Turn
from collectlint.errors import ConfigErrors
from collectlint.finding import Failure
from collectlint.linter import Options
from collectlint.readers.record import make_document
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import FORMATS, read_stdin
from collectlint.rulebook.folder import load
from collectlint.rulebook.strict import Map, Scalar, Seq, compose
from collectlint.run import run
from collectlint.waiver import baseline

QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
WILD = st.text(
    st.sampled_from(
        "再不还钱就爆你通讯录绝不会严禁，。！？「」:：\n\r\t 0123456789=@#\u200b\u202e\ufeff\u0301\x00\x1b"
    )
    | st.characters(codec=None),
    max_size=120,
)

# -- every reader --------------------------------------------------------------------------------------

LINES = st.lists(
    st.one_of(
        WILD.map(lambda text: text.encode("utf-8", "replace")),
        WILD.map(lambda text: json.dumps({"text": text}).encode()),
        WILD.map(lambda text: json.dumps({"turns": [{"speaker": "agent", "text": text}]}).encode()),
        WILD.map(lambda text: f'a,"{text}",b'.encode("utf-8", "replace")),
        st.binary(max_size=60),
        st.sampled_from(
            [b"[", b"{", b'{"text":', b"text,b", b"1", b"00:00:01,000 --> 00:00:02,000", b"WEBVTT", b"```",
             "坐席：您好".encode(), b"# x", b"<!-- collectlint: ignore[a/b] x -->", b"a: &a [*a]"]
        ),
    ),
    max_size=12,
)  # fmt: skip


@QUIET
@given(LINES, st.sampled_from(["", *FORMATS]), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_every_reader_gives_documents_and_failures_and_nothing_else(
    lines: list[bytes], format_: str, ending: bytes
) -> None:
    for item in read_stdin(io.BytesIO(ending.join(lines)), ReadSettings(format=format_)):
        if isinstance(item, Failure):
            assert item.reason
            assert item.path == "<stdin>"
        else:
            assert item.id
            assert all(turn.text == turn.text.encode("utf-8", "replace").decode() for turn in item.turns)


@QUIET
@given(st.lists(WILD, min_size=1, max_size=5))
def test_what_is_written_as_json_lines_is_read_back(texts: list[str]) -> None:
    data = "\n".join(json.dumps({"id": f"d{at}", "text": text}) for at, text in enumerate(texts)).encode()
    items = list(read_stdin(io.BytesIO(data), ReadSettings(format="jsonl")))
    sound = [text for text in texts if not any("\ud800" <= char <= "\udfff" for char in text)]
    assert [item.turns[0].text for item in items if isinstance(item, Document)][: len(sound)] or not sound
    assert len(items) == len(texts)


# -- YAML ----------------------------------------------------------------------------------------------

SCALARS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=10)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SCALARS.filter(str.strip), inner, max_size=4),
    max_leaves=20,
)


def plain(node: object) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Seq):
        return [plain(item) for item in node.items]
    assert isinstance(node, Map)
    return {key.text: plain(value) for key, value in node.entries}


@QUIET
@given(TREES)
def test_yaml_written_by_a_library_is_read_back_as_text(tree: Any) -> None:
    import yaml

    if isinstance(tree, str):
        tree = [tree]
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"', line_break="\n")
    assert plain(compose(written, "r.yaml")) == tree


# -- the baseline over a life of runs ------------------------------------------------------------------


class BaselineMachine(RuleBasedStateMachine):
    """Entries written, read back, broken, written again: nothing is lost and nothing appears."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = str(Path(self.folder.name) / "b.jsonl")
        self.entries: dict[tuple[str, str], baseline.Entry] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(
        path=st.sampled_from(["a.jsonl", "表 格.csv", "b/c.txt"]),
        print_=st.integers(0, 9),
        times=st.integers(1, 3),
        reason=SCALARS.filter(str.strip),
        until=st.sampled_from(["", "2027-01-31"]),
    )
    def add(self, path: str, print_: int, times: int, reason: str, until: str) -> None:
        entry = baseline.Entry(path, "cn/threat/x", f"{print_:016x}", times, reason, until)
        self.entries[entry.key] = entry

    @rule(which=st.integers(0, 100))
    def remove(self, which: int) -> None:
        if self.entries:
            self.entries.pop(sorted(self.entries)[which % len(self.entries)])

    @rule(junk=st.binary(min_size=1, max_size=20))
    def break_a_line(self, junk: bytes) -> None:
        Path(self.path).write_bytes(baseline.written(self.entries.values()) + b"{" + junk + b"\n")
        with pytest.raises(ConfigErrors) as caught:
            baseline.read(self.path, "b.jsonl")
        assert all(one.place is not None for one in caught.value.errors)

    @invariant()
    def comes_back(self) -> None:
        Path(self.path).write_bytes(baseline.written(self.entries.values()))
        read = {one.key: one._replace(line=0) for one in baseline.read(self.path, "b.jsonl")}
        assert read == self.entries


# -- the cache among friends and enemies -----------------------------------------------------------------


class CacheMachine(RuleBasedStateMachine):
    """What is read under a key is what was last written under that key, or nothing."""

    keys = Bundle("keys")

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.kept: dict[str, tuple[str, bytes]] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(
        target=keys,
        name=st.sampled_from(["rulebook", "words"]),
        key=st.text("ab", max_size=2),
        data=st.binary(),
    )
    def write(self, name: str, key: str, data: bytes) -> tuple[str, str]:
        cache.write_to(self.folder.name, name, key, data)
        self.kept[name] = key, data
        return name, key

    @rule(where=keys)
    def read(self, where: tuple[str, str]) -> None:
        name, key = where
        last = self.kept.get(name)
        found = cache.read_from(self.folder.name, name, key)
        assert found == (last[1] if last is not None and last[0] == key else None)

    @rule(where=keys, at=st.integers(0, 200), byte=st.integers(0, 255))
    def damage(self, where: tuple[str, str], at: int, byte: int) -> None:
        name, key = where
        path = Path(self.folder.name) / name
        sound = path.read_bytes() if path.exists() else b""
        data = bytearray(sound)
        if at < len(data):
            data[at] = byte
            path.write_bytes(bytes(data))
            found = cache.read_from(self.folder.name, name, key)
            assert found is None or (name in self.kept and found == self.kept[name][1])
            path.write_bytes(sound)

    @rule(where=keys)
    def open_to_all(self, where: tuple[str, str]) -> None:
        path = Path(self.folder.name) / where[0]
        path.chmod(0o666)
        assert cache.read_from(self.folder.name, *where) is None
        path.chmod(0o600)


# -- counts over many documents, in any order -------------------------------------------------------------

CONTACTS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 23), st.integers(0, 59), st.booleans()),
    max_size=14,
)


@settings(deadline=None, max_examples=25)
@given(CONTACTS, st.randoms(use_true_random=False))
def test_counts_do_not_depend_on_the_order(
    contacts: list[tuple[int, int, int, int, bool]], chance: Any
) -> None:
    documents = [
        make_document(
            {
                "debtor_id": f"d{who}", "callee": f"h{who}", "lender": "l", "channel": "call",
                "kind": "transcript", "party": "debtor", "jurisdiction": "cn",
                "outcome": "effective" if heard else "attempt",
                "started_at": f"2026-03-{day:02d}T{hour:02d}:{minute:02d}:00",
            },
            {}, (Turn("agent", "您好"),), Origin("c.jsonl", number + 1, 1), f"c{number}",
        )
        for number, (who, day, hour, minute, heard) in enumerate(contacts)
    ]  # fmt: skip
    options = Options(as_of="2026-11-22")
    told = []
    for _ in range(2):
        report = run(documents, load(), options)
        assert not report.failures
        told.append(sorted((one.rule, one.document, one.message) for one in report.findings))
        chance.shuffle(documents)
    assert told[0] == told[1]


TestBaseline = BaselineMachine.TestCase
TestBaseline.settings = settings(deadline=None, max_examples=30, stateful_step_count=15)
TestCache = CacheMachine.TestCase
TestCache.settings = settings(deadline=None, max_examples=40, stateful_step_count=15)

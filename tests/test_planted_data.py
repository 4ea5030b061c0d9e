"""2,000 documents full of made-up personal data through every command and format: none of it comes out.

To join: a report format needs nothing (all of `reporters.table` are tried); a command is one line in
`COMMANDS`. What a run writes is looked through: standard output and error, every file below its
folder, the cache and the temporary folder.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ahocorasick_rs import AhoCorasick

from collectlint.reporters.table import MODULES
from collectlint.text.checksums import is_cn_id, is_hkid, is_luhn, is_tw_id

ROOT = Path(__file__).parents[1]
# `COLLECTLINT_FULL=all`, by hand: a quarter of an hour of two cores.
DOCUMENTS = {"": 120, "all": 2_000}.get(os.environ.get("COLLECTLINT_FULL", ""), 300)
SEED = 20261122
THREATS = (
    "再不还钱就爆你通讯录",
    "你这种老赖全家不得好死",
    "今晚就上门找你家人",
    "不还款马上抓你坐牢",
    "把钱转到我私人账户",
)


class Planted(NamedTuple):
    """One piece of made-up personal data: as written, and the part of it that must not come out."""

    kind: str
    written: str
    secret: str


def _until(make: Callable[[], str], good: Callable[[str], bool]) -> str:
    return next(one for one in (make() for _ in range(10_000)) if good(one))


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _spoken(digits: str) -> str:
    return "".join("零幺二三四五六七八九"[int(digit)] for digit in digits)


def _wide(digits: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


def planted(chance: random.Random) -> Iterator[Planted]:
    """One of each kind; numbers with check digits have the right one."""
    region = chance.choice(("110105", "310104", "440305", "510107"))
    born = f"{chance.randint(1950, 2004)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    card = _until(lambda: region + born + _digits(chance, 3) + chance.choice("0123456789X"), is_cn_id)
    yield Planted("identity", f"身份证{card}", card[6:14])
    yield Planted("identity spaced", f"证件号{card[:6]} {born} {card[14:]}", born + " ")
    phone = f"1{chance.choice('3578')}{_digits(chance, 9)}"
    yield Planted("phone", f"手机{phone}", phone[3:7] + phone[7:])
    yield Planted("phone hyphens", f"电话{phone[:3]}-{phone[3:7]}-{phone[7:]}", f"{phone[3:7]}-{phone[7:]}")
    yield Planted("phone wide", f"电话{_wide(phone)}", _wide(phone)[3:])
    yield Planted("phone spoken", f"号码是{_spoken(phone)}", _spoken(phone)[3:])
    yield Planted("phone zero-width", "打" + "\u200b".join(phone), "\u200b".join(phone)[6:])
    line = f"0{chance.randint(21, 29)}-{chance.randint(2, 8)}{_digits(chance, 7)}"
    yield Planted("landline", f"座机{line}", line[4:])
    bank = _until(lambda: "6222" + _digits(chance, 15), is_luhn)
    yield Planted("bank card", f"卡号{bank}", bank[4:15])
    yield Planted(
        "bank card spaced",
        f"卡号{' '.join(bank[at : at + 4] for at in range(0, 19, 4))}",
        f"{bank[4:8]} {bank[8:12]}",
    )
    taiwan = _until(lambda: chance.choice("ABFHT") + chance.choice("12") + _digits(chance, 8), is_tw_id)
    yield Planted("Taiwan identity", f"身分證{taiwan}", taiwan[2:])
    mobile = f"09{_digits(chance, 8)}"
    yield Planted(
        "Taiwan mobile", f"手機{mobile[:4]}-{mobile[4:7]}-{mobile[7:]}", f"{mobile[4:7]}-{mobile[7:]}"
    )
    hong_kong = _until(
        lambda: f"{chance.choice('ACEGKZ')}{_digits(chance, 6)}{chance.choice('0123456789A')}", is_hkid
    )
    hong_kong = f"{hong_kong[:7]}({hong_kong[7]})"
    yield Planted("Hong Kong identity", f"身份證{hong_kong}", hong_kong[1:8])
    yield Planted(
        "Hong Kong phone", f"電話{(hk := '6' + _digits(chance, 7))[:4]} {hk[4:]}", f"{hk[:4]} {hk[4:]}"
    )
    passport = f"E{_digits(chance, 8)}"
    yield Planted("passport", f"护照{passport}", passport[1:])
    user = "".join(chance.choices("abcdefghijkmnpqrstuvwxyz", k=8))
    yield Planted("e-mail", f"邮箱{user}@example.com", user)
    account = "".join(chance.choices("abcdefghjkmnpqrstuvwxyz", k=6)) + _digits(chance, 4)
    yield Planted("WeChat", f"微信号{account}", account)
    yield Planted("QQ", f"QQ{(qq := str(chance.randint(10**8, 10**9)))}", qq)
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
    yield Planted("name with title", f"{name}先生", name)
    other = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
    yield Planted("name after label", f"姓名：{other}，", other)
    number, room = chance.randint(10, 998), chance.randint(101, 2909)
    yield Planted("address", f"解放路{number}号3栋2单元{room}室", f"{number}号3栋2单元{room}")
    plate = f"京A{_digits(chance, 3)}{chance.choice('BCDF')}{_digits(chance, 1)}"
    yield Planted("plate", f"车牌{plate}", plate[2:])


def canaries(count: int) -> Iterator[tuple[str, list[Planted]]]:
    """Texts of documents with what is planted in them: next to a threat, in it, and far from it."""
    chance = random.Random(SEED)
    for number in range(count):
        sown = list(planted(chance))
        some = sown[number % 3 :: 3] if number % 2 else chance.sample(sown, 4)
        threat = chance.choice(THREATS)
        words = [one.written for one in some]
        yield f"{words[0]}{threat}，{words[1]}。{'，'.join(words[2:])}。{threat}{words[-1]}", some


class Sown(NamedTuple):
    """A folder of inputs and the secrets in them."""

    folder: Path
    secrets: dict[str, str]  # what must not come out -> its kind


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> Sown:
    folder = tmp_path_factory.mktemp("sown")
    (folder / ".git").mkdir()
    secrets: dict[str, str] = {}
    records, labelled = [], []
    chance = random.Random(SEED + 1)
    for number, (text, some) in enumerate(canaries(DOCUMENTS)):
        secrets.update({one.secret: one.kind for one in some})
        phone = f"1{chance.choice('3578')}{_digits(chance, 9)}"
        secrets[phone[3:]] = "phone in an id"
        record = {
            "id": f"rec-{phone}-no{number}", "channel": "call", "kind": "transcript", "callee": phone,
            "debtor_id": f"d{number % 50}", "started_at": f"2026-03-0{number % 9 + 1}T22:10:00",
            "turns": [{"speaker": "agent", "text": text}, {"speaker": "debtor", "text": some[0].written}],
        }  # fmt: skip
        records.append(record)
        families = ["threat"] if number % 2 else []  # the others are shown as false alarms
        label = {"violating": bool(families), "families": families}
        labelled.append({"id": f"l{number}", "text": text, "label": label})
    broken = []
    for text, _ in list(canaries(60))[:40]:
        broken.append(json.dumps({"text": text, "channel": text}, ensure_ascii=False))
        broken.append(json.dumps({"txt": text}, ensure_ascii=False))
        broken.append(f'{{"text": "{text}"')
        broken.append(json.dumps({"text": "您好", text: 1, "started_at": text}, ensure_ascii=False))
        broken.append(f'{{"{text}": 1, "{text}": 2}}')
    dump = [json.dumps(one, ensure_ascii=False) for one in records]
    phone = "13912345678"
    secrets[phone[3:]] = "phone in a file name"
    (folder / f"call-{phone}.jsonl").write_text("\n".join(dump) + "\n", encoding="utf-8")
    (folder / "broken.jsonl").write_text("\n".join(broken) + "\n", encoding="utf-8")
    (folder / "labelled.jsonl").write_text(
        "\n".join(json.dumps(one, ensure_ascii=False) for one in labelled[:60]), encoding="utf-8"
    )
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["编号", "内容"])
        rows.writerows([f"{number}", text] for number, (text, _) in enumerate(canaries(50)))
    (folder / "script.txt").write_text(
        "\n".join(f"坐席：{text}" for text, _ in canaries(50)), encoding="utf-8"
    )
    (folder / "one.txt").write_text(next(iter(canaries(1)))[0], encoding="utf-8")
    (folder / "mended.txt").write_text(  # words that `--fix` replaces
        "\n".join(f"您可以向银保监会投诉，{text}" for text, _ in canaries(50)), encoding="utf-8"
    )
    with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["call_id", "started_at", "callee"])
        rows.writerows([one["id"], one["turns"][0]["text"], one["callee"]] for one in records[:40])
    _known(folder, [text for text, _ in canaries(50)])
    return Sown(folder, secrets)


def _known(folder: Path, texts: list[str]) -> None:
    """A baseline of half the table whose reasons, and the paths of entries for nothing, hold planted data."""
    from click.testing import CliRunner

    from collectlint.cli.root import root

    known = folder / "known.baseline"
    words = [
        "check",
        str(folder / "table.csv"),
        "--baseline",
        str(known),
        "--write-baseline",
        "--reason",
        "旧",
        "-q",
    ]
    assert CliRunner().invoke(root, words).exit_code in (0, 1, 3)
    entries = [json.loads(line) for line in known.read_text(encoding="utf-8").splitlines()]
    assert len(entries) > 20
    kept = entries[::2]
    idle = [
        {**kept[0], "fingerprint": f"{number:016x}", "until": until, "path": path}
        for number, (until, path) in enumerate(
            [
                ("2020-01-01", "table.csv"),
                ("2099-01-01", "table.csv"),
                ("2099-01-01", "call-13912345678.jsonl"),
            ]
        )
    ]
    known.write_text(
        "".join(
            json.dumps({**one, "reason": texts[number % 50]}, ensure_ascii=False) + "\n"
            for number, one in enumerate(kept + idle)
        ),
        encoding="utf-8",
    )


def leaks(where: str, content: bytes, secrets: dict[str, str]) -> list[str]:
    """What of the secrets stands in the content, as it is or in another dress."""
    text = content.decode("utf-8", "replace")
    dresses = {text, unicodedata.normalize("NFKC", text)}
    if "\\u" in text:  # JSON may write a character by its number
        dresses.add(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text))
    automaton = AhoCorasick(list(secrets))
    met = {
        secret for dress in dresses for secret in automaton.find_matches_as_strings(dress, overlapping=True)
    }
    return [f"{where}: {secrets[secret]} {secret}" for secret in sorted(met)]


FORMATS = tuple(MODULES)
AUDIT_FORMATS = ("csv", "jsonl", "markdown", "xlsx", "html", "parquet")

# Every way of calling that reads documents or texts; `&&` joins calls. A new command is a line.
COMMANDS: dict[str, list[str]] = {
    **{f"check {name}": ["check", ".", "--format", name] for name in FORMATS},
    "check all files": ["check", ".", *(word for name in FORMATS for word in ("-o", f"{name}=out.{name}"))],
    "check quiet": ["check", ".", "-q"],
    "check a text": ["check", "-t", "{text}"],
    "check stdin": ["check", "-"],
    "check with facts": ["check", "call-13912345678.jsonl", "--metadata", "facts.csv", "--format", "json"],
    "check by a profile": ["check", ".", "--profile", "cn-consumer-finance-agency", "--format", "json"],
    "check in English": ["check", ".", "--lang", "en"],
    "check in Taiwan": ["check", ".", "--jurisdiction", "tw", "--lang", "hant", "--format", "markdown"],
    "check no second reader": ["check", ".", "--no-second-reader", "--format", "csv"],
    "baseline": ["check", ".", "--baseline", "b.jsonl", "--write-baseline", "--reason", "旧问题"],
    "explain": ["explain", "{text}"],
    "explain as JSON": ["explain", "{text}", "--format", "json"],
    "missing file": ["check", "no-13912345678.jsonl"],
    "wrong encoding": ["check", "script.txt", "--encoding", "utf-16"],
    "wrong format": ["check", "script.txt", "--input-format", "jsonl"],
    "rules diff": ["rules", "diff", "{rules}", "{shipped}", "script.txt", "table.csv"],
    "check kept results": ["check", ".", "--format", "json", "&&", "check", ".", "--format", "json"],
    "check a diff": ["check", ".", "--fix-diff"],
    "check in Hong Kong": ["check", ".", "--jurisdiction", "hk", "--lang", "hk", "--format", "sarif"],
    "audit": ["audit", "run", ".", "--out", "audited", "--jobs", "1"],
    "audit and report": [
        *("audit", "run", "table.csv", "call-13912345678.jsonl", "--out", "audited", "--jobs", "1"),
        *(
            "--no-report",
            "&&",
            "report",
            "audited",
            "--format",
            "parquet",
            "--format",
            "html",
            "--lang",
            "en",
        ),
    ],
    "audit query": [
        *("audit", "run", ".", "--out", "audited", "--jobs", "1", "--no-report"),
        *("&&", "audit", "query", "audited", "SELECT * FROM documents LEFT JOIN findings USING (unit, nr)"),
        *("&&", "audit", "query", "audited", "SELECT * FROM dialogues", "--format", "jsonl"),
        *("&&", "audit", "query", "audited", "SELECT * FROM failures", "--format", "csv"),
    ],
    "audit diff": [
        *("audit", "run", "table.csv", "--out", "one", "--jobs", "1", "-q", "&&"),
        *("audit", "run", "script.txt", "--out", "two", "--jobs", "1", "-q", "&&"),
        *("audit", "diff", "one", "two"),
    ],
    "check with a baseline": ["check", "table.csv", "--baseline", "known.baseline", "--format", "json"],
    "audit with a baseline": [
        *("audit", "run", "table.csv", "call-13912345678.jsonl", "--baseline", "known.baseline"),
        *("--out", "audited", "--jobs", "1"),
        *("&&", "report", "audited", *(word for name in AUDIT_FORMATS for word in ("--format", name))),
        *("&&", "audit", "query", "audited", "SELECT * FROM findings", "--format", "jsonl"),
    ],
    "segments": ["segments", "table.csv"],
    "language server": ["lsp"],
    "rules list": ["rules", "list"],
    "rules show": ["rules", "show", "common/threat/dark-pair"],
    "rules vet": ["rules", "vet", "--rules", "{rules}"],
    "law list": ["law", "list"],
    "law show": ["law", "show", "CN-P04"],
    "law coverage": ["law", "coverage"],
    "config show": ["config", "show", "one.txt"],
    "eval": ["eval", "labelled.jsonl", "--show", "20"],
    "eval as JSON": ["eval", "labelled.jsonl", "--show", "20", "--format", "json"],
}


def ask_editor(words: list[str], text: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    """A language server with whom an editor opens a file, waits for what is found, hovers and leaves."""
    place = {"uri": "file:///a.md"}
    opening = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen",
         "params": {"textDocument": {**place, "languageId": "markdown", "version": 1, "text": text}}},
    ]  # fmt: skip
    leaving = [
        {"id": 2, "method": "textDocument/hover",
         "params": {"textDocument": place, "position": {"line": 0, "character": 24}}},
        {"id": 3, "method": "shutdown"},
        {"method": "exit"},
    ]  # fmt: skip

    def framed(messages: list[dict[str, Any]]) -> bytes:
        bodies = [json.dumps({"jsonrpc": "2.0", **one}).encode() for one in messages]
        return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)

    with tempfile.NamedTemporaryFile() as file, open(file.name, "rb") as out, subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=file, stderr=subprocess.PIPE, **how
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(framed(opening))
        process.stdin.flush()
        for _ in range(600):
            out.seek(0)
            if b"publishDiagnostics" in out.read():
                break
            time.sleep(0.1)
        time.sleep(0.5)
        _, complaint = process.communicate(framed(leaving), timeout=120)
        out.seek(0)
        return subprocess.CompletedProcess(words, process.returncode, out.read(), complaint)


def called(words: list[str], text: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    """A Python process with these arguments; the text is its standard input, or what an editor has open."""
    words = [sys.executable, *words]
    if words[-1] == "lsp":
        return ask_editor(words, text, **how)
    return subprocess.run(words, input=text.encode(), capture_output=True, timeout=900, check=False, **how)


def run(
    sown: Sown,
    tmp_path: Path,
    words: list[str],
    program: tuple[str, ...] = ("-m", "collectlint"),
    more: Mapping[str, str] = {},
) -> list[str]:
    """Everything that leaked in one call, `file: kind secret` each."""
    text = (sown.folder / "one.txt").read_text(encoding="utf-8")
    slots = {"{text}": text, "{rules}": str(ROOT / "tests/fixtures/rules"), "{shipped}": str(ROOT / "rules")}
    filled = [slots.get(word, word) for word in words]
    inputs = {path: path.stat().st_mtime_ns for path in sown.folder.rglob("*")}
    places = {name: tmp_path / name for name in ("cache", "temporary", "home")}
    for place in places.values():
        place.mkdir(mode=0o700, exist_ok=True)
    compiled = {path.stat().st_ino for path in places["cache"].iterdir()}
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "COLLECTLINT_CACHE_DIR": str(places["cache"]),
        "TMPDIR": str(places["temporary"]), "HOME": str(places["home"]), "PYTHONUTF8": "1", **more,
    }  # fmt: skip
    found = []
    for call in " \0".join(filled).split(" \0&& \0"):
        arguments = call.split(" \0")
        ended = called([*program, *arguments], text, cwd=sown.folder, env=environment)
        assert ended.returncode in (0, 1, 2, 3), ended.stderr.decode()
        found += leaks("stdout", ended.stdout, sown.secrets) + leaks("stderr", ended.stderr, sown.secrets)
    for path in sown.folder.rglob("*"):
        if path.is_file() and inputs.get(path) != path.stat().st_mtime_ns:
            found += leaks(path.name, _content(path), sown.secrets)
    for path in sown.folder.iterdir():
        if path not in inputs and path.is_dir():
            shutil.rmtree(path)
        elif path not in inputs:
            path.unlink()
    for place in places.values():
        for path in place.rglob("*"):
            if path.is_file() and path.stat().st_ino not in compiled:
                found += leaks(str(path.relative_to(tmp_path)), path.read_bytes(), sown.secrets)
    assert not list(places["temporary"].iterdir())
    assert not list(places["home"].iterdir())
    return found


def _content(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is a workbook or a columnar table."""
    if path.suffix == ".parquet":
        from pyarrow.parquet import read_table

        return json.dumps(read_table(path).to_pylist(), default=str, ensure_ascii=False).encode()
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_planted_comes_out(
    sown: Sown, tmp_path: Path, stocked: Callable[[Path], Path], name: str
) -> None:
    if name != "check a text":  # that one compiles the rules itself
        stocked(tmp_path / "cache")
    found = run(sown, tmp_path, COMMANDS[name])
    assert not found, "\n".join(found[:20])


def test_every_command_is_among_them() -> None:
    from collectlint.cli.law import _COMMANDS as LAW
    from collectlint.cli.root import _COMMANDS as ALL
    from collectlint.cli.rules import _COMMANDS as RULES

    # They read no documents, or write none of their words.
    idle = {
        "init",
        "completion",
        "rules test",
        "rules new",
        "rules schema",
        "rules docs",
        "train",
        "evade",
        "review",
    }
    named = {name for name in ALL if name not in ("rules", "law", "config")}
    named |= {f"rules {name}" for name in RULES} | {f"law {name}" for name in LAW}
    calls = [call.split(" \0") for words in COMMANDS.values() for call in " \0".join(words).split(" \0&& \0")]
    tried = {" ".join(words[:2]) if words[0] in ("rules", "law") else words[0] for words in calls}
    assert named - idle <= tried


# -- without the mask it fails ------------------------------------------------------------------------

# `MUTANT=reporter json`: this reporter alone is handed the report as it was before masking.
# `MUTANT=module collectlint.cli.explain`: this module alone gets masks that mask nothing.
# A file, for worker processes import it anew.
UNMASKED = """
import os, sys, types
from collectlint import redact as real

kind, _, mutant = os.environ["MUTANT"].partition(" ")
unmasked, wrapped = [], set()

def keep(report):
    unmasked.append(report)
    return real.redact(report)

def as_it_is(text, *_):
    return text

NONE = dict.fromkeys(("redact", "mask_text", "mask_name"), as_it_is)
OTHER = {"redact": keep} if kind == "reporter" else NONE
CHANGED = "collectlint.cli.outputs" if kind == "reporter" else mutant

def given_to(name):
    importer = sys._getframe(1).f_globals["__name__"]
    return OTHER[name] if importer == CHANGED and name in OTHER else getattr(real, name)

stand_in = types.ModuleType(real.__name__)
stand_in.__getattr__ = given_to
sys.modules[real.__name__] = stand_in

if kind == "reporter":
    from collectlint.reporters import table
    found = table.reporter

    def reporter(name):
        module = found(name)
        if name == mutant and name not in wrapped:
            wrapped.add(name)
            write = module.write
            module.write = lambda report, out, options: write(unmasked[-1], out, options)
        return module

    table.reporter = reporter

if __name__ == "__main__":
    from collectlint.__main__ import main

    sys.exit(main())
"""
ALL_FORMATS = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]

# Every module that masks, and a call that shows it; what the store of an audit holds, its reports show.
MASKING = {
    "collectlint.audit.baseline": COMMANDS["audit with a baseline"],
    "collectlint.audit.judging": COMMANDS["audit"],
    "collectlint.audit.night": COMMANDS["audit"],
    "collectlint.cli.editor.session": COMMANDS["language server"],
    "collectlint.cli.evaluate": COMMANDS["eval"],
    "collectlint.cli.explain": COMMANDS["explain"],
    "collectlint.cli.fixing": COMMANDS["check a diff"],
    "collectlint.cli.outputs": COMMANDS["check json"],
    "collectlint.cli.rules_diff": COMMANDS["rules diff"],
    "collectlint.cli.waiving": COMMANDS["baseline"],
}


@pytest.fixture(scope="module")
def unmasked(
    sown: Sown, tmp_path_factory: pytest.TempPathFactory, stocked: Callable[[Path], Path]
) -> Callable[..., list[str]]:
    """Everything that leaks in one call of a program that lacks one mask."""
    script = tmp_path_factory.mktemp("script") / "unmasked.py"
    script.write_text(UNMASKED, encoding="utf-8")
    cache = stocked(tmp_path_factory.mktemp("cache"))

    def of(mutant: str, words: list[str], place: Path) -> list[str]:
        more = {"MUTANT": mutant, "COLLECTLINT_CACHE_DIR": str(cache)}
        return run(sown, place, words, (str(script),), more)

    return of


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_a_reporter_without_the_mask_leaks_and_no_other_does(
    unmasked: Callable[..., list[str]], tmp_path: Path, name: str
) -> None:
    """So the test above fails for any one reporter: each shows words of the documents."""
    found = unmasked(f"reporter {name}", ["check", "table.csv", "-q", *ALL_FORMATS], tmp_path)
    assert {one.split(":")[0] for one in found} == {f"out.{name}"}


@pytest.mark.slow
@pytest.mark.parametrize("name", MASKING)
def test_a_module_without_its_mask_leaks(
    unmasked: Callable[..., list[str]], tmp_path: Path, name: str
) -> None:
    assert unmasked(f"module {name}", MASKING[name], tmp_path)


@pytest.mark.slow
def test_every_file_of_an_audit_shows_words(unmasked: Callable[..., list[str]], tmp_path: Path) -> None:
    words = [*("audit", "run", "table.csv", "--out", "audited", "--jobs", "1", "-q", "&&")]
    words += [*("report", "audited", "-q", *(word for name in AUDIT_FORMATS for word in ("--format", name)))]
    found = unmasked("module collectlint.audit.judging", words, tmp_path)
    files = {
        "audit.sqlite",
        "findings.csv",
        "findings.jsonl",
        "findings.parquet",
        "report.html",
        "review.xlsx",
    }
    assert files <= {one.split(":")[0] for one in found}


def test_every_module_that_masks_is_among_them() -> None:
    elsewhere = {
        "collectlint.cli.audit_bench",  # the name of a baseline, which nobody shows
        "collectlint.audit.counts",  # what the parts of a count have masked already
        "collectlint.audit.review",  # what stands in review.xlsx, masked once more
        "collectlint.results",  # refuses to keep what would be masked (tests/test_results.py)
    }
    masking = {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        for path in (ROOT / "src").rglob("*.py")
        if "from collectlint.redact import" in path.read_text(encoding="utf-8")
    }
    assert masking == set(MASKING) | elsewhere


def test_what_is_planted_is_many() -> None:
    """Twenty kinds, and in CI's 400 documents fifty numbers of each."""
    kinds = Counter(one.kind for _, some in canaries(400) for one in some)
    assert len(kinds) >= 20
    assert min(kinds.values()) >= 50

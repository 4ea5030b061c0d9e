"""The same 300 patterns on the same file by other tools: wall time from start to end, and lines found.

Patterns are `A.{0,6}B` over words of two characters, made up with a fixed seed; every line of the file is one
message. Each tool runs as its users run it, in fresh processes, taking turns; the least of the rounds counts.
Lines with at least one match must be the same wherever a tool can tell lines apart.

Peers that are not there are named and left out. `rg` and `semgrep` are looked for in PATH, textlint in
`--textlint DIR` (where `npm install textlint textlint-rule-prh` was run), Presidio in `--presidio PYTHON` (an
interpreter with presidio-analyzer): its pattern recognisers against our personal-data rules, in one process
each, without start-up. `--megabytes N` (default 1), `--rounds N` (default 3).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
START = "import sys; from collectlint.__main__ import main; sys.exit(main())"
WORDS = (
    *("还款", "逾期", "账单", "客服", "家人", "单位", "通讯", "法院", "银行", "今天", "明天", "电话", "申请"),
    *("分期", "老师", "孩子", "公司", "上门", "起诉", "征信", "额度", "利息", "协商", "核对", "短信", "处理"),
    *("联系", "登记", "核实", "合同", "担保", "朋友", "同事", "邻居", "领导", "工资", "卡片", "积分", "活动"),
    *("优惠", "快递", "会议", "作业", "车票", "火锅", "爬山", "医院", "超市", "地铁", "周末"),
)
FILLERS = "的了我你他在是有和就去来说要看到好很也都给让把再请从对这那里上下中大小多少"
RULE = """\
id: common/process/peer-{number}
title: 比较
family: process
severity: warning
status: test
basis: [{{source: made-up, clause: "1", verified: primary}}]
message: 比较
remedy: 比较
when: {{pattern: {{expression: "{expression}", stance: any}}}}
tests: {{hit: ["{hit}"], miss: [您好]}}
"""
SOURCES = "sources: {made-up: {title: 比较, kind: law, jurisdiction: any, verified: primary}}\n"
PRESIDIO = """
import sys, time
from presidio_analyzer import Pattern, PatternRecognizer
made = {
    "id": r"[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx]",
    "phone": r"(?<!\\d)1[3-9]\\d{9}(?!\\d)",
    "card": r"(?<!\\d)62\\d{14,17}(?!\\d)",
    "mail": r"[\\w.+-]+@[\\w-]+\\.[\\w.]+",
}
all_of = [PatternRecognizer(name, patterns=[Pattern(name, one, 0.8)]) for name, one in made.items()]
lines = open(sys.argv[1], encoding="utf-8").read().split("\\n")
start = time.process_time()
found = sum(bool(one.analyze(line, [one.supported_entities[0]])) for line in lines for one in all_of)
print(time.process_time() - start, found)
"""


def lines(megabytes: float) -> list[str]:
    rng = random.Random(7)
    out: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        parts = ("".join(rng.choices(FILLERS, k=rng.randint(2, 6))) + rng.choice(WORDS) for _ in range(5))
        out.append("，".join(parts) + "。")
        size += len(out[-1].encode()) + 1
    return out


def patterns() -> list[tuple[str, str]]:
    """Pairs of words."""
    rng = random.Random(8)
    pairs = [(one, other) for one in WORDS for other in WORDS if one != other]
    return rng.sample(pairs, 300)


def timed(command: list[str], folder: Path) -> tuple[float, str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"COLLECTLINT_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": str(ROOT / "src")}
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return time.perf_counter() - start, done.stdout


def written(folder: Path, text: list[str]) -> None:
    """The file and the patterns in the form of each tool."""
    pairs = patterns()
    expressions = [f"{one}.{{0,6}}{other}" for one, other in pairs]
    (folder / "text.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    with open(folder / "text.jsonl", "w", encoding="utf-8") as file:
        for number, line in enumerate(text, 1):
            file.write(
                json.dumps({"id": str(number), "channel": "sms", "text": line}, ensure_ascii=False) + "\n"
            )
    (folder / "patterns").write_text("\n".join(expressions) + "\n", encoding="utf-8")
    rules = folder / "rules"
    (rules / "common/process").mkdir(parents=True)
    (rules / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    for number, expression in enumerate(expressions):
        one = RULE.format(number=number, expression=expression, hit="".join(pairs[number]))
        (rules / f"common/process/peer-{number}.yaml").write_text(one, encoding="utf-8")
    prh = [f"  - expected: X{number}\n    pattern: /{one}/" for number, one in enumerate(expressions)]
    (folder / "prh.yml").write_text("version: 1\nrules:\n" + "\n".join(prh) + "\n", encoding="utf-8")
    (folder / ".textlintrc.json").write_text(
        json.dumps({"rules": {"prh": {"rulePaths": ["prh.yml"]}}}), encoding="utf-8"
    )
    semgrep = [
        {"id": f"p{number}", "languages": ["regex"], "severity": "INFO", "message": "x", "pattern-regex": one}
        for number, one in enumerate(expressions)
    ]
    (folder / "semgrep.json").write_text(json.dumps({"rules": semgrep}), encoding="utf-8")


def own_lines(output: str) -> set[int]:
    told = (json.loads(line) for line in output.split("\n") if line)
    return {int(one["document"]) for one in told if "rule" in one}


def rg_lines(output: str) -> set[int]:
    return {int(line.split(":", 1)[0]) for line in output.split("\n") if line}


def textlint_lines(output: str) -> set[int]:
    return {one["line"] for file in json.loads(output or "[]") for one in file["messages"]}


def semgrep_lines(output: str) -> set[int]:
    return {one["start"]["line"] for one in json.loads(output or "{}").get("results", ())}


def personal(folder: Path, python: str | None) -> None:
    """Our personal-data rules against Presidio's pattern recognisers, processor time in process."""
    from made_up import notices

    from collectlint.linter import Options, lint
    from collectlint.rulebook.folder import load

    documents = notices(3000)
    texts = [one.turns[0].text for one in documents]
    (folder / "personal.txt").write_text("\n".join(texts), encoding="utf-8")
    book = load()
    only = frozenset(
        one for one in book.rule_ids if one.endswith(("-number", "/bank-card", "/personal-data"))
    )
    options = Options("2026-11-22", batch=True, second_reader=False, only=only)
    for one in documents[:200]:
        lint(one, book, options)
    start = time.process_time()
    for one in documents:
        lint(one, book, options)
    seconds = time.process_time() - start
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"personal data: collectlint {size / seconds:.2f} MB/s ({len(only)} rules)", end="")
    if python is None:
        print("; SKIPPED presidio: no --presidio PYTHON")
        return
    told = timed([python, "-c", PRESIDIO, "personal.txt"], folder)[1].split()
    print(f"; presidio {size / float(told[0]):.2f} MB/s (4 patterns); x {float(told[0]) / seconds:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--textlint", type=Path)
    parser.add_argument("--semgrep", default=shutil.which("semgrep"))
    parser.add_argument("--presidio")
    given = parser.parse_args()
    own = [
        sys.executable,
        "-c",
        START,
        "check",
        "--isolated",
        "--no-cache",
        "--no-second-reader",
        "--rules",
        "rules",
    ]
    tools: dict[str, tuple[list[str], Callable[[str], set[int]]]] = {
        "collectlint": ([*own, "--format", "jsonl", "text.jsonl"], own_lines)
    }
    if shutil.which("rg"):
        tools["ripgrep -f"] = (["rg", "-n", "-j1", "-f", "patterns", "text.txt"], rg_lines)
    if given.textlint:
        executable = str(given.textlint.resolve() / "node_modules/.bin/textlint")
        tools["textlint + prh"] = ([executable, "-f", "json", "text.txt"], textlint_lines)
    if given.semgrep:
        options = ["--metrics=off", "--disable-version-check", "-j1", "--json", "--quiet", "--timeout", "0"]
        command = [
            given.semgrep,
            "scan",
            *options,
            "--max-target-bytes",
            "0",
            "--config",
            "semgrep.json",
            "text.txt",
        ]
        tools["semgrep regex"] = (command, semgrep_lines)
    for name in ("ripgrep -f", "textlint + prh", "semgrep regex"):
        if name not in tools:
            print(f"SKIPPED {name}: not installed here")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if given.textlint:
            (folder / "node_modules").symlink_to(given.textlint.resolve() / "node_modules")
        written(folder, lines(given.megabytes))
        taken: dict[str, float] = {}
        found: dict[str, set[int]] = {}
        for turn in range(given.rounds + 1):
            for name, (command, read) in tools.items():
                if turn > 1 and taken[name] > 20:
                    continue  # once is enough to see
                seconds, output = timed(command, folder)
                found[name] = read(output)
                if turn or name == "semgrep regex":
                    taken[name] = min(taken.get(name, seconds), seconds)
        for name, seconds in taken.items():
            same = "same lines" if found[name] == found["collectlint"] else f"{len(found[name])} lines"
            print(f"{name:16}{seconds:8.2f} s  x {seconds / taken['collectlint']:6.2f}  {same}")
        print(f"{len(found['collectlint'])} lines found")
        personal(folder, given.presidio)


if __name__ == "__main__":
    main()

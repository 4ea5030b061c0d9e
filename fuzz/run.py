"""Fuzzes one target or all: `python fuzz/run.py TARGET|all [--runs N] [--seconds S]`.

With atheris the coverage of `collectlint` leads the way; where no wheel of it exists, inputs of the
corpus are damaged at random instead, by a fixed seed. The exit code is 1 when something crashed; the
input that did it is kept in `fuzz/crashes/`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import pkgutil
import random
import subprocess
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
SRC = HERE.parent / "src"
sys.path[:0] = [str(HERE), str(SRC)]
CRASHES = HERE / "crashes"
_INTERESTING = [
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n", b"\r\n", b"\xe2\x80\xae", b"\xe2\x80\x8b",
    b"\xcc\x81", b'"', b'""', b",", b"\t", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!x ", b"<<: ", b"9" * 30,
    b"-1", b"1e999", b"NaN", b"\\u0000", b"\\ud800", b"<<", b">>", b"00:00:01,000 --> ", "坐席：".encode(),
    "爆你通讯录".encode(), "绝不会".encode(), b"(a+)+", b"{w}", b"13800138000", b"collectlint: ignore[a/b] x",
]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="do without atheris")
    chosen = parser.parse_args()
    if chosen.target == "all":
        return max(_apart(name, chosen) for name in _names())
    return _fuzz(chosen)


def _names() -> list[str]:
    from targets import TARGETS

    return list(TARGETS)


def _apart(name: str, chosen: argparse.Namespace) -> int:
    """A target in a process of its own: libFuzzer ends the process it runs in."""
    words = [sys.executable, __file__, name, f"--runs={chosen.runs}", f"--seconds={chosen.seconds}"]
    return int(
        bool(subprocess.run([*words, f"--seed={chosen.seed}", *["--plain"] * chosen.plain]).returncode)
    )


def _fuzz(chosen: argparse.Namespace) -> int:
    os.environ.setdefault("COLLECTLINT_CACHE_DIR", str(HERE / ".cache"))
    CRASHES.mkdir(exist_ok=True)
    try:
        if chosen.plain:
            raise ImportError
        import atheris
    except ImportError:
        return _plain(chosen)
    with atheris.instrument_imports(include=["collectlint"]):
        _import_all()
        from targets import TARGETS
    target = TARGETS[chosen.target]
    target(b"x")  # what is loaded once must not count as the time of an input
    corpus = _own_corpus(chosen.target)
    atheris.Setup(
        [
            sys.argv[0], str(corpus), f"-atheris_runs={chosen.runs}", f"-runs={chosen.runs}",
            f"-max_total_time={chosen.seconds}", f"-seed={chosen.seed}", "-max_len=4096", "-timeout=20",
            "-rss_limit_mb=2048", f"-artifact_prefix={CRASHES}/{chosen.target}-", "-print_final_stats=1",
            "-verbosity=0",
        ],
        target,
    )  # fmt: skip
    atheris.Fuzz()
    return 0


def _import_all() -> None:
    """What is imported later, inside functions, would go uncovered."""
    import collectlint

    for module in pkgutil.walk_packages(collectlint.__path__, "collectlint."):
        if not module.name.startswith(("collectlint.cli", "collectlint.__main__", "collectlint.proof")):
            importlib.import_module(module.name)


def _own_corpus(name: str) -> Path:
    """A folder for what the fuzzer finds, filled from the seeds of the repository."""
    found = HERE / "found" / name
    found.mkdir(parents=True, exist_ok=True)
    for seed in _seeds(name):
        (found / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    return found


def _seeds(name: str) -> list[bytes]:
    root = HERE.parent
    files: list[Path] = sorted((HERE / "corpus" / name).glob("*"))
    if name in ("yaml", "rule"):
        files += sorted((root / "tests/golden/rule_errors").glob("*.yaml"))
        files += sorted((root / "rules/cn/threat").glob("*.yaml"))[:20]
    elif name == "config":
        files += sorted((root / "tests/golden/config_errors").glob("*.*ml"))
    elif name in ("readers", "calls", "metadata", "workbook"):
        files += sorted(path for path in (root / "corpora/formats").rglob("*") if path.is_file())
    elif name in ("text", "folding", "masking", "reports"):
        files += sorted((root / "corpora/formats/demo").glob("*"))
    prefix = b"\0\0" if name == "readers" else b""
    seeds = [prefix + path.read_bytes()[:4096] for path in files]
    return seeds or [b"x"]


def _plain(chosen: argparse.Namespace) -> int:
    from targets import TARGETS

    target = TARGETS[chosen.target]
    chance = random.Random(chosen.seed)
    seeds = _seeds(chosen.target)
    crashes = runs = 0
    began = time.monotonic()
    while runs < chosen.runs and time.monotonic() - began < chosen.seconds:
        data = _damaged(chance, seeds)
        runs += 1
        try:
            target(data)
        except Exception:
            crashes += 1
            name = CRASHES / f"{chosen.target}-{hashlib.sha1(data, usedforsecurity=False).hexdigest()}"
            name.write_bytes(data)
            traceback.print_exc()
            if crashes >= 10:
                break
    print(f"{chosen.target}: {runs} runs, {crashes} crashes, {time.monotonic() - began:.0f} s")
    return int(bool(crashes))


def _damaged(chance: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(chance.choice(seeds))
    if chance.random() < 0.3:
        other = chance.choice(seeds)
        cut = chance.randrange(len(data) + 1)
        data = data[:cut] + other[chance.randrange(len(other) + 1) :]
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 10, 30))):
        at = chance.randrange(len(data) + 1)
        what = chance.randrange(6)
        if what == 0 and data:
            del data[at : at + chance.choice((1, 2, 5, 50))]
        elif what == 1 and at < len(data):
            data[at] = chance.randrange(256)
        elif what == 2:
            data[at:at] = data[max(0, at - 20) : at] * chance.choice((1, 2, 50))
        elif what == 3:
            data[at:at] = chr(
                chance.choice((chance.randrange(0x250), chance.randrange(0x3000, 0xD800)))
            ).encode()
        else:
            data[at:at] = chance.choice(_INTERESTING) * chance.choice((1, 1, 1, 3, 200))
    return bytes(data[:8192])


if __name__ == "__main__":
    sys.exit(main())

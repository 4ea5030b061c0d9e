"""A unit that ends its worker each time is given up and said so; everything else is judged."""

from __future__ import annotations

import json
import os
import sys

import pytest

POISON = """
import os, sys
if any("spawn_main" in word for word in sys.orig_argv):  # a worker
    sys.addaudithook(lambda event, args: event == "open" and "poison" in str(args[0]) and os._exit(9))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sitecustomize by PYTHONPATH")
def test_a_unit_that_kills_its_worker_is_a_failure(audit, night, tmp_path, monkeypatch, told):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    poison = tmp_path / "poison.jsonl"
    poison.write_text('{"id": "p", "text": "再不还钱就爆你通讯录"}\n' * 60, encoding="utf-8")
    out = tmp_path / "out"
    result = audit(*night, poison, "--out", out, "--jobs", 2, "--unit-bytes", 20_000)
    assert result.return_value == 3
    summary = told(out)
    assert summary["incomplete_because"] == ["failures"]
    assert summary["documents"] == 360
    lines = (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    failures = [one for one in map(json.loads, lines) if one["type"] == "failure"]
    assert failures
    assert {one["path"].rpartition("/")[2] for one in failures} == {"poison.jsonl"}
    assert all("工作进程一再意外退出" in one["reason"] for one in failures)

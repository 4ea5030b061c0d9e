"""Which configuration holds, what it changes, and that the command line wins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from collectlint import discovery

THREAT = "再不还钱就爆你通讯录"
LABEL = "你这个老赖"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch) -> Path:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(result) -> list[tuple[str, str, str]]:
    told = json.loads(result.stdout)["findings"]
    return [(one["path"].replace(os.sep, "/"), one["rule"].split("/")[1], one["severity"]) for one in told]


def test_yaml_and_pyproject_say_the_same(call, repository):
    write(repository / "collectlint.yaml", "fail_on: never\nseverity: {common/abuse: info}\n")
    first = call("check", "-t", LABEL, "--format", "json")
    (repository / "collectlint.yaml").unlink()
    write(
        repository / "pyproject.toml",
        '[project]\nname = "x"\n[tool.collectlint]\nfail_on = "never"\n'
        '[tool.collectlint.severity]\n"common/abuse" = "info"\n',
    )
    second = call("check", "-t", LABEL, "--format", "json")
    assert first.exit_code == second.exit_code == 0
    assert found(first) == found(second) == [("<text>", "abuse", "info")]


def test_the_nearest_configuration_holds_and_the_repository_is_the_end(call, repository):
    write(repository.parent / "collectlint.yaml", "fail_on: never\n")
    write(repository / "text" / "a.txt", THREAT)
    assert call("check", "text/a.txt").exit_code == 1  # the one above the repository is not seen
    write(repository / "collectlint.yaml", "fail_on: never\n")
    assert call("check", "text/a.txt").exit_code == 0
    write(repository / "text" / "pyproject.toml", "[tool.other]\nx = 1\n")
    assert call("check", "text/a.txt").exit_code == 0
    write(repository / "text" / "pyproject.toml", "[tool.collectlint]\n")
    assert call("check", "text/a.txt").exit_code == 1  # nearest, not joined


def test_a_path_without_one_uses_that_of_the_working_folder(call, repository):
    outside = write(repository.parent / "made" / "a.txt", THREAT)
    (outside.parent / ".git").mkdir()
    write(repository / "collectlint.yaml", "fail_on: never\n")
    assert call("check", outside).exit_code == 0


def test_paths_with_different_configurations_are_refused(call, repository):
    for name in ("a", "b"):
        write(repository / name / "collectlint.yaml", "lang: zh\n")
        write(repository / name / "x.txt", "您好")
    result = call("check", "a/x.txt", "b/x.txt")
    assert result.exit_code == 2
    assert "配置不同（a/collectlint.yaml、b/collectlint.yaml）" in result.stderr
    assert call("check", "a/x.txt", "b/x.txt", "--config", "a/collectlint.yaml").exit_code == 0


def test_two_configurations_in_one_folder_are_refused(call, repository):
    write(repository / "collectlint.yaml", "lang: zh\n")
    write(repository / "collectlint.yml", "lang: zh\n")
    result = call("check", "-t", "您好")
    assert result.exit_code == 2
    assert "同一个文件夹里有几份配置：collectlint.yaml、collectlint.yml" in result.stderr


def test_the_command_line_wins(call, repository):
    write(
        repository / "collectlint.yaml",
        "fail_on: never\nignore: [common/threat]\noverrides:\n"
        "  - {paths: '*.txt', jurisdiction: tw, ignore: common/abuse}\n",
    )
    write(repository / "a.txt", f"{THREAT}，{LABEL}")
    assert call("check", "a.txt", "--fail-on", "info").exit_code == 0
    told = call("check", "a.txt", "--ignore", "cn/harassment", "--format", "json")
    assert [rule for _, rule, _ in found(told)] == ["threat", "abuse"]
    assert json.loads(told.stdout)["manifest"]["settings"]["config"] == ["collectlint.yaml"]
    assert call("check", "a.txt", "--isolated").exit_code == 1
    assert call("check", "a.txt", "--isolated", "--config", "collectlint.yaml").exit_code == 2


def test_overrides_settle_how_and_by_what_a_path_is_judged(call, repository):
    for name in ("sms/a.txt", "sms/old/b.txt", "drafts/c.txt"):
        write(repository / name, f"{THREAT}，{LABEL}")
    write(repository / "sms" / "t.csv", "模板,话术\n您好,x\n")
    write(
        repository / "collectlint.yaml",
        """exclude: drafts/
overrides:
  - paths: sms/old/
    ignore: common/threat
    severity: {common/abuse/*: info}
  - paths: "*.csv"
    channel: app_push
    columns: {text: 模板}
""",
    )
    assert found(call("check", ".", "--format", "json")) == [
        ("./sms/a.txt", "threat", "error"),
        ("./sms/a.txt", "abuse", "warning"),
        ("./sms/old/b.txt", "abuse", "info"),
    ]
    named = call("check", "drafts/c.txt")
    assert named.exit_code == 0
    assert "没有读到任何内容" in named.stderr
    assert call("check", "drafts").exit_code == 0


def test_extends_joins_maps_replaces_values_and_keeps_paths_relative_to_each_file(call, repository):
    write(
        repository / "shared" / "base.yaml",
        "lang: en\nseverity: {common/threat: info, common/abuse: error}\nexclude: '*.md'\n"
        "overrides: [{paths: '*.txt', ignore: common/threat}]\n",
    )
    write(
        repository / "shared" / "collectlint.yaml",
        "extends: base.yaml\nseverity: {common/threat: warning}\nlang: zh\n",
    )
    write(repository / "shared" / "x.txt", f"{THREAT}，{LABEL}")
    write(repository / "shared" / "x.md", LABEL)
    assert found(call("check", "shared", "--format", "json")) == [("shared/x.txt", "abuse", "error")]
    shown = json.loads(call("config", "show", "shared", "--format", "json").stdout)
    assert shown["files"] == ["shared/collectlint.yaml", "shared/base.yaml"]
    settings = shown["settings"]
    assert settings["lang"] == {"value": "zh", "from": "shared/collectlint.yaml:3:1"}
    assert settings["severity.common/threat"] == {"value": "warning", "from": "shared/collectlint.yaml:2:12"}
    assert settings["severity.common/abuse"] == {"value": "error", "from": "shared/base.yaml:2:33"}
    assert settings["fail_on"] == {"value": "error", "from": None}


def test_a_link_out_of_the_repository_is_refused(call, repository):
    write(repository.parent / "secret.yaml", "lang: en\n")
    os.symlink(repository.parent / "secret.yaml", repository / "base.yaml")
    write(repository / "collectlint.yaml", "extends: base.yaml\n")
    result = call("check", "-t", "您好")
    assert result.exit_code == 2
    assert "越出了仓库" in result.stderr


def test_config_show_for_a_path(call, repository):
    write(
        repository / "collectlint.yaml",
        "ignore: [cn]\nexclude: ['*.bak']\noverrides:\n"
        "  - {paths: '*.txt', party: family, ignore: common/abuse}\n",
    )
    write(repository / "a.txt", "")
    write(repository / "a.bak", "")
    shown = call("config", "show", "a.txt").stdout.split("\n")
    assert [line.split() for line in shown if line.startswith("party")] == [
        ["party", "family", "collectlint.yaml:4:22"]
    ]
    assert any(line.startswith("lang ") and line.endswith("默认") for line in shown)
    assert "a.bak 不检查（exclude）" in call("config", "show", "a.bak").stdout
    assert "没有配置文件" in call("config", "show", "--isolated").stdout
    assert call("config", "show", "none").exit_code == 2


def test_a_spot_check_obeys_the_configuration_too(repository):
    def said() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "collectlint", "check", "-t", THREAT]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    assert said().returncode == 1
    write(repository / "collectlint.yaml", "fail_on: never\nformat: concise\n")
    done = said()
    assert done.returncode == 0
    assert done.stdout.startswith("<text>:1:")


def test_the_search_for_a_configuration_imports_nothing_heavy():
    code = (
        "import sys; from collectlint.discovery import nearest; nearest('.');"
        "heavy = ('yaml', 'tomllib', 'click', 'pathspec', 'collectlint.config');"
        "print([one for one in heavy if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.home()
    )
    assert done.stdout.strip() == "[]"


def test_nearest_goes_up_to_the_root_without_a_repository(tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert discovery.nearest(str(deep)) == ()
    write(tmp_path / "collectlint.yaml", "")
    assert discovery.nearest(str(deep)) == (str(tmp_path / "collectlint.yaml"),)


def test_a_profile_of_the_configuration_and_one_out_of_the_repository(call, repository):
    write(repository.parent / "profile.yaml", "title: 甲\n")
    write(repository / "house.yaml", "title: 本行信用卡\ncreditor_type: bank\nignore: [common/abuse]\n")
    write(repository / "collectlint.yaml", "profile: house.yaml\n")
    told = call("check", "-t", f"{LABEL}，{THREAT}", "--format", "json")
    assert [rule for _, rule, _ in found(told)] == ["threat"]
    settings = json.loads(told.stdout)["manifest"]["settings"]
    assert (settings["creditor_type"], settings["profile"]) == ("bank", str(repository / "house.yaml"))
    write(repository / "collectlint.yaml", "profile: ../profile.yaml\n")
    assert "越出了仓库" in call("check", "-t", LABEL).stderr

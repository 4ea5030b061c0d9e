"""One Markdown page a rule, and an index: basis, scope, what to say instead, examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from collectlint.errors import RuleErrors
from collectlint.finding import FAMILIES
from collectlint.lazy import lazily
from collectlint.rulebook.folder import Folder, model_reader, read, shipped
from collectlint.rulebook.reading import RuleFile
from collectlint.rulebook.requirements import Requirement, read_requirements
from collectlint.rulebook.rule import Rule, in_language
from collectlint.rulebook.rulebook import Rulebook
from collectlint.words import words
from collectlint.words.commands import command_words

LANGUAGES = {"zh": "简体", "hant": "繁體（台灣）", "hk": "繁體（香港）", "en": "English"}
_SAID, _MORE = words("zh"), command_words("zh")
_SLOT = lazily(r"\{(?:matched|note)\}")
_MADE = "<!-- 由 collectlint rules docs 生成，请改规则文件。 -->"


def pages(folder: Folder | None) -> dict[str, str]:
    """Path under the folder of pages -> text, the index first. Raises RuleErrors."""
    root = folder or shipped()
    found = read(root)
    if found.errors:
        raise RuleErrors(list(found.errors))
    rulebook = Rulebook.of(found.data, model_reader(root))
    requirements = read_requirements(root, found.sources).rows
    by_id = {rule.id: rule for rule in rulebook.rules}
    out = {"index.md": "\n".join(_index(rulebook.rules))}
    for file in found.rules:
        lines = _page(file, by_id[file.id], found.sources, requirements)
        out[f"{file.id}.md"] = "\n".join(lines)
    return out


def _index(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield _MADE
    yield f"# 规则\n\n{len(rules)} 条，按文件夹排列。写法见 [rules/README.md](../../rules/README.md)。\n"
    packs: dict[str, list[Rule]] = {}
    for rule in rules:
        packs.setdefault(rule.id.rsplit("/", 1)[0], []).append(rule)
    for pack, some in packs.items():
        yield f"## {pack}\n\n| 规则 | 程度 | 说明 | |\n|---|---|---|---|"
        for rule in some:
            off = _MORE.off if rule.off else ""
            slug = rule.id.rsplit("/", 1)[1]
            level = _SAID.severities[rule.severity.label]
            yield f"| [{slug}]({rule.id}.md) | {level} | {_cell(rule.words('title'))} | {off} |"
        yield ""


def _page(
    file: RuleFile, rule: Rule, sources: Mapping[str, Any], requirements: Mapping[str, Requirement]
) -> Iterator[str]:
    values = file.values
    up = "../" * file.id.count("/")
    yield _MADE
    yield f"# {_text(values['title']['zh'])}\n"
    yield f"`{file.id}` · {_text(values['title']['hant'])} · {_text(values['title']['en'])}\n"
    level = rule.severity.label
    families = (f"{_SAID.families[name]} {name}" for name in FAMILIES if name in rule.families)
    told = [f"{_SAID.severities[level]} {level}", f"{_MORE.families} {_text('、'.join(families))}"]
    told += [f"**{_MORE.off}**，由配置启用"] if rule.off else []
    yield f"{' · '.join(told)}\n"
    yield "| 语言 | 提示 | 应当怎么说 |\n|---|---|---|"
    for lang, name in LANGUAGES.items():
        told = [in_language(values[key], lang) for key in ("message", "remedy")]
        if lang != "hk" or told != [values[key]["hant"] for key in ("message", "remedy")]:
            yield f"| {name} | {_cell(_SLOT.sub('…', told[0]))} | {_cell(told[1])} |"
    yield "\n## 依据\n\n| 法规 | 条款 | 转述 | 效力 | 施行 | 核验 |\n|---|---|---|---|---|---|"
    for entry in values["basis"]:
        yield _basis(entry, sources[entry["source"]])
    yield "\n## 适用\n"
    yield f"- 法域：{'、'.join(rule.data['jurisdictions'])}"
    for name, chosen in rule.data["applies"].items():
        if chosen:
            yield f"- {_MORE.scopes[name]}：{_text('、'.join(chosen))}"
    period = values["in_force"]
    if period:
        yield f"- 施行：{_period(period)}"
    for id_ in values["requirements"]:
        if id_ in requirements:
            yield f"- 要求 {id_}：{_text(requirements[id_].zh)}"
    if values["note"]:
        yield f"\n备注：{_text(values['note'])}"
    for line in values["falsepositives"]:
        yield f"\n可能误报：{_text(line)}"
    if rule.fix:
        yield "\n## 自动改正\n\n`check --fix` 和编辑器可以替换：\n\n| 原词 | 简体 | 繁體 |\n|---|---|---|"
        for word, texts in rule.fix.items():
            zh = texts["zh"]
            shown = (word, zh or "（删去）", texts["hant"] or zh or "（刪去）")
            yield "| " + " | ".join(_cell(cell) for cell in shown) + " |"
    yield "\n## 例句\n"
    for kind, name in _MORE.cases.items():
        for case in values["tests"][kind]:
            yield f"- {name}：{_case(case)}"
    for case in values["tests"]["fixed"]:
        yield f"- 改正：{_code(case['before'])} → {_code(case['after'])}"
    yield f"\n[全部规则]({up}index.md) · 规则文件 [{file.id}.yaml]({up}../../rules/{file.id}.yaml)\n"


def _basis(entry: Mapping[str, str], source: Mapping[str, Any]) -> str:
    said = source["clauses"].get(entry["clause"], {"zh": ""})["zh"]
    mark = f"{_SAID.marks[entry['verified']]} {source['checked'] or ''}".strip()
    kind = _MORE.instruments[source["kind"]]
    cells = (source["title"]["zh"], entry["clause"], said, kind, _period(source["in_force"]), mark)
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _period(in_force: Mapping[str, str | None] | None) -> str:
    since, until = (in_force or {}).get("from"), (in_force or {}).get("to")
    if since is None and until is None:
        return _MORE.undated
    return _MORE.period.format(since or "…", until or _MORE.now)


def _case(case: Any) -> str:
    """An example in code marks, with what else its document holds."""
    if isinstance(case, str):
        return _code(case)
    rest = {key: value for key, value in case.items() if key not in ("text", "turns")}
    said = [f"{turn.get('speaker', 'agent')}:{turn.get('text', '')}" for turn in case.get("turns", ())]
    shown = _code(" / ".join(said) if said else str(case.get("text", "")))
    return shown + (f" {_code(json.dumps(rest, ensure_ascii=False))}" if rest else "")


def _code(text: str) -> str:
    """Text as code, however many back quotes are in it."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text[:1] in ("`", " ") or text[-1:] == "`" else ""
    return f"{fence}{pad}{_line(text)}{pad}{fence}"


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ⏎ ")


def _text(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|$~" else char for char in _line(text))


def _cell(text: str) -> str:
    return _text(text)

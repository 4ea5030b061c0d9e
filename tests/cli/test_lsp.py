"""`collectlint lsp` end to end: a language client opens, edits, hovers and asks for quick fixes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 60  # seconds
THREAT = "再不还钱就爆你通讯录"
ONE = "cn/threat/expose-contacts"
OLD, NEW = "银保监会", "国家金融监督管理总局"
UTF8, UTF16, UTF32 = (types.PositionEncodingKind(name) for name in ("utf-8", "utf-16", "utf-32"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, stocked: Callable[[Path], Path]) -> str:
    return str(stocked(tmp_path_factory.mktemp("cache")))


class Editor:
    """A client with one folder; `told` gives the diagnostics of a version."""

    def __init__(self, folder: Path, client: LanguageClient) -> None:
        self.folder = folder
        self.client = client
        self.messages: list[str] = []
        self._published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self._published.put_nowait(params)

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        item = types.TextDocumentItem(self.uri(name), "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def edit(self, name: str, version: int, text: str) -> None:
        whole = types.TextDocumentContentChangeWholeDocument(text)
        identifier = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))

    async def told(self, name: str, version: int | None = 1) -> list[types.Diagnostic]:
        while True:
            params = await asyncio.wait_for(self._published.get(), PATIENCE)
            if params.uri == self.uri(name) and params.version == version:
                return list(params.diagnostics)

    async def hover(self, name: str, line: int, character: int) -> types.Hover | None:
        identifier = types.TextDocumentIdentifier(self.uri(name))
        params = types.HoverParams(identifier, types.Position(line, character))
        return await self.client.text_document_hover_async(params)

    async def actions(self, name: str, about: types.Diagnostic, *only: str) -> list[types.CodeAction]:
        context = types.CodeActionContext([about], only=list(only) or None)
        identifier = types.TextDocumentIdentifier(self.uri(name))
        params = types.CodeActionParams(identifier, about.range, context)
        found = await self.client.text_document_code_action_async(params)
        return [one for one in found or () if isinstance(one, types.CodeAction)]


@asynccontextmanager
async def editor(
    folder: Path, cache: str, *arguments: str, units: types.PositionEncodingKind = UTF16
) -> AsyncIterator[Editor]:
    client = LanguageClient("test", "1")
    here = Editor(folder, client)
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "COLLECTLINT_CACHE_DIR": cache}
    command = ("-m", "collectlint", "lsp", "--stdio", *arguments)
    await client.start_io(sys.executable, *command, env=environment, cwd=folder)
    general = types.GeneralClientCapabilities(position_encodings=[units])
    capabilities = types.ClientCapabilities(general=general)
    ready = await client.initialize_async(types.InitializeParams(capabilities, root_uri=folder.as_uri()))
    assert ready.capabilities.position_encoding == units
    client.initialized(types.InitializedParams())
    try:
        yield here
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await asyncio.wait_for(client.stop(), PATIENCE)


Play = Callable[[Editor], Coroutine[Any, Any, None]]


def run(
    folder: Path, cache: str, play: Play, *arguments: str, units: types.PositionEncodingKind = UTF16
) -> None:
    async def whole() -> None:
        async with editor(folder, cache, *arguments, units=units) as here:
            await play(here)

    asyncio.run(whole())


def span(one: types.Diagnostic) -> tuple[int, int, int, int]:
    return one.range.start.line, one.range.start.character, one.range.end.line, one.range.end.character


def changes(action: types.CodeAction) -> list[tuple[types.Range, str]]:
    assert action.edit is not None
    assert action.edit.changes is not None
    (edits,) = action.edit.changes.values()
    return [(one.range, one.new_text) for one in edits]


def edited(text: str, action: types.CodeAction) -> str:
    """The text with the one edit of an action, in code points."""
    ((where, new),) = changes(action)
    lines = text.split("\n")
    offsets = [
        sum(len(line) + 1 for line in lines[: place.line]) + place.character
        for place in (where.start, where.end)
    ]
    return text[: offsets[0]] + new + text[offsets[1] :]


def test_open_edit_hover_and_waive(tmp_path: Path, cache: str) -> None:
    text = f"# 话术\n\n- 您好\n- {THREAT}\n"

    async def play(here: Editor) -> None:
        here.open("a.md", text)
        (first,) = await here.told("a.md")
        assert (first.severity, first.source) == (types.DiagnosticSeverity.Error, "collectlint")
        assert str(first.code).startswith("cn/threat/")
        assert "建议：" in first.message
        start = span(first)

        here.edit("a.md", 2, "# 话术\n\n<!-- 新行 -->\n\n- 您好\n- 提示：" + THREAT + "\n")
        (moved,) = await here.told("a.md", 2)
        assert span(moved) == (start[0] + 2, start[1] + 3, start[2] + 2, start[3] + 3)

        hovered = await here.hover("a.md", *span(moved)[:2])
        assert hovered is not None
        assert isinstance(hovered.contents, types.MarkupContent)
        said = hovered.contents.value
        assert f"`{moved.code}`" in said
        assert "- 依据：" in said
        assert "建议：" in said
        assert hovered.range == moved.range
        assert await here.hover("a.md", 0, 1) is None

        here.edit("a.md", 3, text)
        (again,) = await here.told("a.md", 3)
        (action,) = await here.actions("a.md", again)
        assert action.title.startswith(f"豁免 {again.code}")
        waived = edited(text, action)
        assert f"<!-- collectlint: ignore[{again.code}]  until " in waived.split("\n")[3]
        here.edit("a.md", 4, waived)
        asks = await here.told("a.md", 4)
        assert "waiver/broken" in {one.code for one in asks}  # the reason is still to be written
        here.edit("a.md", 5, waived.replace("]  until", "] 培训反例 until"))
        assert await here.told("a.md", 5) == []

        closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(here.uri("a.md")))
        here.client.text_document_did_close(closed)
        assert await here.told("a.md", None) == []

    run(tmp_path, cache, play, "--select", ONE)


@pytest.mark.parametrize(("units", "before"), [(UTF8, 4 + 3), (UTF16, 2 + 1), (UTF32, 1 + 1)])
def test_safe_replacements_in_the_units_agreed_on(
    tmp_path: Path, cache: str, units: types.PositionEncodingKind, before: int
) -> None:
    async def play(here: Editor) -> None:
        here.open("a.txt", f"😀向{OLD}投诉\n再向{OLD}投诉\n")
        first, second = await here.told("a.txt")
        width = {UTF8: 3}.get(units, 1) * len(OLD)
        assert span(first) == (0, before, 0, before + width)
        found = await here.actions("a.txt", second, "quickfix")
        assert [one.title for one in found] == [f"改为「{NEW}」", f"豁免 {second.code}（须写理由）"]
        assert found[0].is_preferred
        assert changes(found[0]) == [(second.range, NEW)]
        (whole,) = await here.actions("a.txt", first, "source.fixAll")
        assert changes(whole) == [(first.range, NEW), (second.range, NEW)]

    run(tmp_path, cache, play, units=units)


def test_personal_data_is_masked(tmp_path: Path, cache: str) -> None:
    async def play(here: Editor) -> None:
        here.open("a.txt", "曹某(身份证110101199003074477)请尽快还款。\n")
        told = await here.told("a.txt")
        assert told
        assert "110101199003074477" not in str(told)
        hovered = await here.hover("a.txt", *span(told[0])[:2])
        assert hovered is not None
        assert "110101199003074477" not in str(hovered)

    run(tmp_path, cache, play)


def test_a_record_is_not_mended_and_other_files_are_left_alone(tmp_path: Path, cache: str) -> None:
    async def play(here: Editor) -> None:
        here.open("call.txt", f"坐席：您可以向{OLD}投诉\n客户：知道了\n")
        told = await here.told("call.txt")
        (about,) = [one for one in told if one.code == "cn/process/former-regulator"]
        titles = [one.title for one in await here.actions("call.txt", about)]
        assert not [title for title in titles if title.startswith("改为")]
        here.open("a.py", f'text = "{THREAT}"\n')
        assert await here.told("a.py") == []
        here.open("a.jsonl", f'{{"id": "1", "text": "{THREAT}"}}\n')
        threat, *_ = await here.told("a.jsonl")
        assert await here.actions("a.jsonl", threat) == []  # no comments in JSON

    run(tmp_path, cache, play)


def test_configuration_holds_and_its_faults_are_told(tmp_path: Path, cache: str) -> None:
    config = tmp_path / "collectlint.yaml"

    def save(text: str) -> None:  # whole at once: the server may be reading it
        draft = tmp_path / "collectlint.yaml.new"
        draft.write_text(text, encoding="utf-8")
        draft.replace(config)

    save("ignore: [cn/threat/*, common/*]\nexclude: [drafts/]\n")
    (tmp_path / ".git").mkdir()

    async def play(here: Editor) -> None:
        here.open("a.md", f"- {THREAT}\n")
        assert await here.told("a.md") == []
        here.open("drafts/b.md", f"- {OLD}\n")
        assert await here.told("drafts/b.md") == []
        save("ignore: [cn/process/*]\n")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(config.as_uri()))
        here.client.text_document_did_save(saved)
        assert await here.told("a.md")
        save("ignroe: [cn/process/*]\n")
        here.client.text_document_did_save(saved)
        while not here.messages:
            await asyncio.sleep(0.05)
        assert "ignore" in here.messages[0]

    run(tmp_path, cache, play)


def test_options_of_check(tmp_path: Path, cache: str, capfd: pytest.CaptureFixture[str]) -> None:
    async def play(here: Editor) -> None:
        here.open("a.md", f"- {THREAT}\n")
        one, *_ = await here.told("a.md")
        assert "instead: " in one.message
        assert one.code_description == types.CodeDescription(f"https://example.org/rules/{one.code}.md")

    run(tmp_path, cache, play, "--lang", "en", "--docs-url", "https://example.org/rules")
    from click.testing import CliRunner

    from collectlint.cli.root import root

    for wrong in (("--fix",), ("--lang", "xx"), ("-o", "json=x.json")):
        assert CliRunner().invoke(root, ["lsp", *wrong]).exit_code == 2

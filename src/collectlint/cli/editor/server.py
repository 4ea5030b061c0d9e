"""The language server: diagnostics on open, change and save, hover, quick fixes; over stdin and stdout."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from collectlint import __version__
from collectlint.cli.editor.actions import KINDS, actions
from collectlint.cli.editor.session import Looked, Session
from collectlint.cli.editor.telling import diagnostics, hover
from collectlint.errors import CollectlintError, cause_of

_REST = 0.3  # seconds without a key stroke until a text is looked at


class Desk:
    """The open files; one text at a time is looked at, in a thread, so that the editor is answered."""

    def __init__(self, server: LanguageServer, session: Session) -> None:
        self._server = server
        self._session = session
        self._looked: dict[str, Looked] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()
        self._complaint = ""

    def changed(self, uri: str, rest: float = _REST) -> None:
        """Look at a file when it has been left alone for `rest` seconds."""
        self._stop(uri)
        self._waiting[uri] = asyncio.ensure_future(self._look(uri, rest))

    def saved(self) -> None:
        """Look at all files anew: what was saved may be a rule, a baseline or the configuration."""
        self._session.forget()
        for uri in list(self._server.workspace.text_documents):
            self.changed(uri, 0)

    def closed(self, uri: str) -> None:
        self._stop(uri)
        self._looked.pop(uri, None)
        self._publish(uri, [], None)

    def hover(self, uri: str, place: types.Position) -> types.Hover | None:
        looked, path = self._fresh(uri), to_fs_path(uri)
        if looked is None or path is None:
            return None
        return hover(looked, place, self._server.workspace.position_codec, self._session.lang(path))

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        looked, path = self._fresh(uri), to_fs_path(uri)
        if looked is None or path is None:
            return []
        codec = self._server.workspace.position_codec
        async with self._turn:
            return await asyncio.to_thread(actions, self._session, path, uri, looked, params, codec)

    def _fresh(self, uri: str) -> Looked | None:
        """What was found in the text as it is now; None while a change waits to be looked at."""
        looked = self._looked.get(uri)
        if looked is None or self._server.workspace.get_text_document(uri).source != looked.text:
            return None
        return looked

    def _stop(self, uri: str) -> None:
        task = self._waiting.pop(uri, None)
        if task is not None:
            task.cancel()

    async def _look(self, uri: str, rest: float) -> None:
        await asyncio.sleep(rest)
        self._waiting.pop(uri, None)  # from here on it is not to be stopped: a thread cannot be
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path is None:
            return
        document = self._server.workspace.get_text_document(uri)
        async with self._turn:
            if uri not in self._server.workspace.text_documents:
                return  # closed
            text, version = document.source, document.version
            try:
                looked = await asyncio.to_thread(self._session.looked_at, path, text)
                lang, docs = self._session.lang(path), self._session.docs(path)
            except CollectlintError as error:
                self._complain(f"{error}{f'（{error.remedy}）' if error.remedy else ''}")
                return
            except Exception as error:
                self._complain(f"内部错误 {cause_of(error)}")
                return
        self._complaint = ""
        if uri not in self._server.workspace.text_documents or document.source != text:
            return  # closed, or changed and about to be looked at again
        self._looked[uri] = looked
        codec = self._server.workspace.position_codec
        self._publish(uri, diagnostics(looked, codec, lang, docs), version)

    def _publish(self, uri: str, told: list[types.Diagnostic], version: int | None) -> None:
        params = types.PublishDiagnosticsParams(uri=uri, diagnostics=told, version=version)
        self._server.text_document_publish_diagnostics(params)

    def _complain(self, message: str) -> None:
        if message != self._complaint:
            self._complaint = message
            params = types.ShowMessageParams(types.MessageType.Error, f"collectlint：{message}")
            self._server.window_show_message(params)


def server_of(arguments: Sequence[str]) -> LanguageServer:
    """The server, ready to be started; `arguments` are options of `check`. Raises as `check` does."""
    # Whole texts at each change: incremental ones would be cut at U+2028 and the like, where editors do not.
    server = LanguageServer(
        "collectlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    desk = Desk(server, Session(arguments))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        desk.changed(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        desk.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        desk.saved()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        desk.closed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        return desk.hover(params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(KINDS)))
    async def asked(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await desk.actions(params)

    return server

"""Quick fixes: safe replacements, and a waiver to be given its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lsprotocol import types
from pygls.workspace import PositionCodec

from collectlint.cli.editor.places import overlap, position, range_of
from collectlint.cli.editor.session import Looked, Session
from collectlint.cli.fixing import is_as_read
from collectlint.finding import Finding
from collectlint.mending import Edit, edits, settled
from collectlint.run import today
from collectlint.waiver.directive import comment
from collectlint.waiver.trouble import is_trouble

FIX_ALL = "source.fixAll.collectlint"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)
_LASTS = timedelta(days=90)  # of a waiver, unless its author says otherwise

Change = tuple[int, Edit]  # line from 1, edit of its code points


def actions(
    session: Session,
    path: str,
    uri: str,
    looked: Looked,
    params: types.CodeActionParams,
    codec: PositionCodec,
) -> list[types.CodeAction]:
    """What can be done about the findings in a range; waivers are offered only where they would hold."""
    wanted = params.context.only
    found: list[types.CodeAction] = []
    if _asked(types.CodeActionKind.QuickFix, wanted):
        for given in params.context.diagnostics:
            for finding, masked in looked.findings:
                if given.code == masked.rule and range_of(masked, looked.lines, codec) == given.range:
                    if overlap(given.range, params.range):
                        found += _of(session, path, uri, looked, finding, given, codec)
                    break
    if _asked(FIX_ALL, wanted):
        changes = _changes(session, path, looked)
        if changes:
            edit = _workspace_edit(uri, changes, looked, codec)
            found.append(types.CodeAction("collectlint：改正全部可放心替换的词", kind=FIX_ALL, edit=edit))
    return found


def _asked(kind: str, wanted: object) -> bool:
    """Is a kind among those that a client wants; `source` stands for `source.fixAll.collectlint` too."""
    if not isinstance(wanted, list | tuple):
        return True
    return any(kind == one or kind.startswith(f"{one}.") for one in map(_word, wanted))


def _word(kind: object) -> str:
    return str(getattr(kind, "value", kind))


def _of(
    session: Session,
    path: str,
    uri: str,
    looked: Looked,
    finding: Finding,
    given: types.Diagnostic,
    codec: PositionCodec,
) -> Iterator[types.CodeAction]:
    inside = [
        (line, edit)
        for line, edit in _changes(session, path, looked, finding.rule)
        if line == finding.line and finding.column - 1 <= edit.start and edit.end <= finding.end_column - 1
    ]
    if inside:
        texts = "、".join(dict.fromkeys(f"「{edit.text}」" for _, edit in inside))
        yield types.CodeAction(
            f"改为{texts}" if inside[0][1].text else "删去",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[given],
            edit=_workspace_edit(uri, inside, looked, codec),
            is_preferred=True,
        )
    if not is_trouble(finding):
        waiver = _waiver(session, path, looked, finding)
        if waiver:
            yield types.CodeAction(
                f"豁免 {finding.rule}（须写理由）",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[given],
                edit=_workspace_edit(uri, [waiver], looked, codec),
            )


def _changes(session: Session, path: str, looked: Looked, rule: str = "") -> list[Change]:
    """The replacements to make in a text, for one rule or all, in order."""
    if looked.is_record:
        return []
    by_line: dict[int, list[Edit]] = {}
    for one, _ in looked.findings:
        fix = session.fix(path, one.rule) if rule in ("", one.rule) else {}
        if fix and is_as_read(one, looked.lines):
            wanted = edits(fix, looked.lines[one.line - 1], one.column - 1, one.end_column - 1)
            by_line.setdefault(one.line, []).extend(wanted)
    return [
        (line, edit)
        for line, wanted in sorted(by_line.items())
        for edit in settled(looked.lines[line - 1], wanted)
    ]


def _waiver(session: Session, path: str, looked: Looked, finding: Finding) -> Change | None:
    """A comment on a line of its own before the finding, else behind it, whichever would waive it."""
    marks = session.comment_marks(path, looked.text)
    if not marks:
        return None
    mark = _mark(path, marks)
    until = (date.fromisoformat(today()) + _LASTS).isoformat()
    line = looked.lines[finding.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    held, faults = session.waived(path, looked.text, finding.rule)

    def placed(reason: str) -> tuple[Edit, Edit]:
        said = comment(mark, finding.rule, reason, until)
        return Edit(0, 0, f"{indent}{said}{_ending(looked.text)}"), Edit(len(line), len(line), f" {said}")

    # Tried with a reason, offered without: the checker asks for it until somebody writes one.
    for trial, offered in zip(placed("x"), placed(""), strict=True):
        then, wrong = session.waived(path, _with(looked, finding.line, trial), finding.rule)
        if then > held and wrong <= faults:
            return finding.line, offered
    return None


def _mark(path: str, marks: tuple[str, ...]) -> str:
    if "<!--" in marks and path.lower().endswith((".md", ".markdown")):
        return "<!--"
    return "#" if "#" in marks else marks[0]


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with(looked: Looked, line: int, edit: Edit) -> str:
    lines = list(looked.lines)
    said = lines[line - 1]
    lines[line - 1] = said[: edit.start] + edit.text + said[edit.end :]
    return "\n".join(lines)


def _workspace_edit(
    uri: str, changes: list[Change], looked: Looked, codec: PositionCodec
) -> types.WorkspaceEdit:
    made = [
        types.TextEdit(
            types.Range(
                position(looked.lines, line, edit.start + 1, codec),
                position(looked.lines, line, edit.end + 1, codec),
            ),
            edit.text,
        )
        for line, edit in changes
    ]
    return types.WorkspaceEdit(changes={uri: made})

"""One made-up report with everything that is hard to print."""

from __future__ import annotations

import pytest

from collectlint.document import Origin
from collectlint.finding import Basis, Evidence, Failure, Finding, NotEvaluated, Report, Severity, Waived

PRESS = Basis("cba-2026", "《催收工作指引》", "37(4)", "press")
LAW = Basis("pipl", "《个人信息保护法》", "第28条", "primary")


def _finding(text: str, matched: str, **changes: object) -> Finding:
    start = text.index(matched)
    made = Finding(
        document="c-001",
        rule="cn/threat/expose-contacts",
        family="threat",
        families=("threat", "third_party"),
        severity=Severity.ERROR,
        confidence="high",
        turn=0,
        start=start,
        end=start + len(matched),
        matched=matched,
        excerpt=text,
        excerpt_start=0,
        message=f"「{matched}」以公开或告知他人相要挟。",
        remedy="删除该表述;可改为「我司将依法维护权益」。",
        basis=(PRESS,),
        path="calls.jsonl",
        line=1,
        column=start + 1,
        end_line=1,
        end_column=start + 1 + len(matched),
        title="以爆通讯录相威胁",
        fingerprint="00112233445566aa",
    )
    return made._replace(**changes)


def rich_findings() -> tuple[Finding, ...]:
    """Mixed scripts, astral characters, evidence, a cell, texts that attack their reader."""
    return (
        _finding(
            "再不处理😀就爆你通讯录,让全公司知道",
            "爆你通讯录",
            turn=3,
            speaker="agent",
            at=12.4,
            via=("separator",),
            evidence=(Evidence(3, 14, 17, "全公司"), Evidence(1, 0, 4, "您的家人")),
        ),
        _finding(
            "第一行\r\n我們ＤＣ會𠮷田上門，e\u0301tudes 討債\n第三行",
            "上門",
            document="c-002",
            path="信件/催收 函#1.md",
            rule="hk/harassment/visit",
            family="harassment",
            families=("harassment",),
            severity=Severity.WARNING,
            confidence="medium",
            title="",
            line=2,
            column=8,
            end_line=2,
            end_column=10,
            basis=(PRESS, LAW),
            fingerprint="",
        ),
        _finding(
            "=cmd|' /C calc'!A0 <script>alert(1)</script> \"引号\",",
            "<script>",
            document="=HYPERLINK(1)",
            path="表 格.xlsx",
            cell="催收!C7",
            line=0,
            column=0,
            end_line=0,
            end_column=0,
            rule="cn/privacy/cell",
            family="privacy",
            families=("privacy",),
            message="＝1+1 [点我](http://evil.invalid) {0} {name}",
            remedy="",
            severity=Severity.INFO,
            confidence="low",
        ),
        _finding(
            "::error file=a,line=1::假的\n##[error]x ##vso[t.x]\x1b[31m红\u202e反\u200b隐\ud83d孤\U000e0041",
            "::error",
            document="::stop-commands::x",
            path="::warning::p%2C,a:b.txt",
            message="::error::假命令\n::add-mask::二",
            title="##[group]标题",
            remedy="\x07响铃\t制表",
            line=7,
            column=1,
            end_line=8,
            end_column=4,
            fingerprint="",
        ),
        _finding(
            "您好,请尽快还款。",
            "",
            document="::stop-commands::x",
            path="",
            rule="cn/process/identify-self",
            family="process",
            families=("process",),
            message="开场未表明身份。",
            title="未表明身份",
            line=0,
            column=0,
            end_line=0,
            end_column=0,
            basis=(),
            evidence=(Evidence(0, 3, 8, "请尽快还款"),),
        ),
    )


@pytest.fixture
def rich_report() -> Report:
    return Report(
        findings=rich_findings(),
        not_evaluated=(
            NotEvaluated("c-001", "cn/harassment/quiet-hours", "缺少 started_at"),
            NotEvaluated("c-002", "cn/harassment/quiet-hours", "缺少 started_at"),
            NotEvaluated("c-002", "cn/harassment/per-day", "缺少 debtor_id"),
            NotEvaluated("c-002", "cn/harassment/quiet-hours-holiday", "缺少 started_at"),
            NotEvaluated("c-002", "cn/harassment/a", "缺少 started_at"),
            NotEvaluated("::error::d", "cn/harassment/b", "缺少 started_at"),
        ),
        failures=(
            Failure("x.json", 7, "不是合法的 JSON\n::error::x", "检查第 7 行的引号"),
            Failure("=坏.xlsx", 0, "\u202e压缩比过大\ud800"),
        ),
        documents=4,
        suppressed=2,
        waived=(
            Waived(rich_findings()[0], "历史模板，三月前改完", "2027-03-31", "collectlint-baseline.jsonl", 3),
            Waived(rich_findings()[3], "::error::理由\n=1+1", "", "::warning::p%2C,a:b.txt", 6),
        ),
        manifest={
            "version": "9.9.9",
            "rules_sha256": "ab" * 32,
            "as_of": "2026-11-22",
            "ratio": float("nan"),
        },
        origins={"c-001": Origin("calls.jsonl", 1, 1), "c-002": Origin("信件/催收 函#1.md", 1, 1)},
    )

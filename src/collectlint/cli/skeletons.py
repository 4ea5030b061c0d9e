"""What `rules new` and `init` write: files that load and pass their own tests as they stand."""

from __future__ import annotations

RULE = """\
# 一条规则一个文件，编号就是路径。写好后运行：
#   collectlint rules test --rules {folder}    跑例句
#   collectlint rules vet --rules {folder}     审查
id: {id}
title: {{zh: 待填：{slug} 管什么, en: "to fill in: what {slug} is about"}}
family: {family}
severity: warning            # error 必须改，warning 应当改，info 提示
status: experimental         # 试验 experimental，试用 test，稳定 stable，弃用 deprecated
basis:                       # 代号与条款须在 sources.yaml 登记，核验程度不得高于那里所写
  - {{source: {source}, clause: "{clause}", verified: {verified}}}
# in_force: {{from: 2026-01-01}}        # 规则自何日起适用
# applies: {{channels: [sms, call], parties: [debtor]}}   # 不写为不限
message: 「{{matched}}」待填：错在哪里。
remedy: 待填：应当怎么说。
# falsepositives: [什么情况下会误报]
when:
  phrase:
    any: [待填的违规说法]     # 也可用 {{词表}}、[甲|乙]、… ；默认只认直陈，否定、禁止、转述不算
    # unless_in: [含有它却无妨的词]
tests:                       # 命中至少三条（繁简都要有），不命中至少四条；<< >> 标出违规的词
  hit:
    - "这里有<<待填的违规说法>>"
    - "這裡有待填的違規說法"
    - "又一句待填的违规说法"
  miss:
    - "一句合规的话"
    - "严禁使用待填的违规说法"
    - "绝不会有待填的违规说法"
    - "客户投诉有人说待填的违规说法"
"""

SOURCES = """\
# 法规总表：规则的 basis 只能引用这里登记的代号和条款。
# 核验程度：primary 见到原文，press 据报道，secondary 二手，weak 来源较弱，memory 凭记忆。
sources:
  house-rules:
    title: {zh: 本机构催收管理办法, en: House rules on collection}
    kind: house
    jurisdiction: any
    in_force: {from: 2026-01-01}
    verified: primary
    clauses:
      "1": {zh: 不得使用侮辱性称呼, verified: primary}
"""

LEXICON = """\
about: 本机构的词表；[甲|乙] 展开，{词表} 代入，繁简自动归一
lists:
  house-insults:
    zh: 侮辱性称呼
    entries: [老赖, 赖账鬼, "[死|臭]不要脸"]
"""

EXAMPLE_RULE = """\
# 例子：本机构禁用的称呼。新建规则：collectlint rules new house/abuse/名称 --rules collectlint-rules
id: house/abuse/insulting-names
title: {zh: 使用本机构禁用的称呼, en: uses names that the house forbids}
family: abuse
severity: warning
status: test
basis:
  - {source: house-rules, clause: "1", verified: primary}
message: 「{matched}」是本机构禁用的称呼。
remedy: 改称「您」或「客户」。
when:
  phrase: {list: house-insults}
tests:
  hit: ["你就是个<<老赖>>", "別做賴賬鬼", "真是臭不要脸"]
  miss: ["请您按时还款", "不得称客户为老赖", "客户投诉有人骂他老赖", "我们不会叫您老赖"]
"""

WORKFLOW = """\
name: collectlint
on: [push, pull_request]
permissions:
  contents: read
jobs:
  collectlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - run: pip install collectlint
      - name: 自有规则的例句与审查
        run: |
          collectlint rules test --rules collectlint-rules
          collectlint rules vet --rules collectlint-rules
      - name: 按随附规则检查话术与模板
        run: collectlint check templates --format github --output sarif=collectlint.sarif
      - name: 按自有规则检查话术与模板
        if: always()
        run: collectlint check templates --format github --rules collectlint-rules
"""

CONFIG = """\
# collectlint 的设置，写法见 docs/configuration.md；生效的值与出处：collectlint config show
jurisdiction: cn                # 法域 cn、tw、hk
# profile: cn-bank-card         # 谁为谁催收什么；用了哪些规则：rules list --profile cn-bank-card
fail_on: error                  # 有此程度以上的问题时退出码为 1：error、warning、info、never
exclude: [collectlint-rules/]   # 不查的路径，写法同 .gitignore
# baseline: collectlint-baseline.jsonl   # 旧问题清单，用 check --baseline … --write-baseline 写出
# ignore: [common/harassment/announced-frequency]
# severity: {common/abuse: error}
# overrides:
#   - paths: templates/tw/
#     jurisdiction: tw
#   - paths: "*.csv"
#     channel: sms
#     columns: {text: 模板内容}
"""
CONFIG_NAME = "collectlint.yaml"

INIT_FILES = {
    CONFIG_NAME: CONFIG,
    "collectlint-rules/sources.yaml": SOURCES,
    "collectlint-rules/lexicon/house.yaml": LEXICON,
    "collectlint-rules/house/abuse/insulting-names.yaml": EXAMPLE_RULE,
    ".github/workflows/collectlint.yml": WORKFLOW,
}

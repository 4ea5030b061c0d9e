"""Charts of the report as SVG, drawn by Vega-Lite: no script, no font, no network in the page."""

from __future__ import annotations

import zlib
from typing import Any

from collectlint.audit.figures import FEW, Group, RuleFigure
from collectlint.audit.words import family_name, words_of
from collectlint.lazy import lazily
from collectlint.proof.measure import wilson
from collectlint.visible import visible

_WIDTH = 480
_INK, _DEEP, _PALE = "#333333", "#1f5a94", "#a9c4de"
_TONES = {3: "#b3261e", 2: "#b26a00", 1: "#4a6b8a"}
_LABELS = {3: "error", 2: "warning", 1: "info"}
_MOST = 20  # bars of a ranking
_ID = lazily(r'(?:(?<= id=")|(?<=url\(#))(?:gradient_|clip)\d+')
_INNER_ROLES = lazily(r' (?:role="graphics-[^"]*"|aria-roledescription="[^"]*"|aria-label="[^"]*")')
_LONGEST = 34  # characters of a name beside a bar


def trend(rows: list[tuple[Any, int, int]], title: str, lang: str) -> str:
    """Share of violating documents over days, with its interval (rows: day, documents, violating)."""
    data = [_share(str(at), documents, violating) for at, documents, violating in rows]
    x = {"field": "at", "type": "ordinal", "title": words_of(lang)["day"], "axis": {"labelOverlap": True}}
    marks: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "color": _DEEP, "point": {"color": _DEEP}},
            "encoding": {"y": _percent("share", lang)},
        },
    ]
    band = {"type": "area", "color": _PALE, "opacity": 0.6}
    if len(data) == 1:
        band = {"type": "rule", "color": _PALE, "strokeWidth": 6}
    marks.insert(0, {"mark": band, "encoding": {"y": _percent("low", lang), "y2": {"field": "high"}}})
    return _svg({"height": 200, "data": {"values": data}, "encoding": {"x": x}, "layer": marks}, title)


def hours(rows: list[tuple[Any, int, int]], title: str, lang: str) -> str:
    """Share of violating documents by hour of day, with its interval."""
    data = [_share(at, documents, violating) for at, documents, violating in rows]
    x = {
        "field": "at", "type": "ordinal", "title": words_of(lang)["hour"],
        "scale": {"domain": list(range(24))}, "axis": {"labelAngle": 0},
    }  # fmt: skip
    layers = [
        {"mark": {"type": "bar", "color": _PALE}, "encoding": {"y": _percent("share", lang)}},
        {
            "mark": {"type": "rule", "color": _INK},
            "encoding": {"y": _percent("low", lang), "y2": {"field": "high"}},
        },
    ]
    return _svg({"height": 180, "data": {"values": data}, "encoding": {"x": x}, "layer": layers}, title)


def heat_map(rows: list[tuple[int, int, int, int]], title: str, lang: str) -> str:
    """Share of violating documents by weekday and hour; cells of few documents are pale."""
    words = words_of(lang)
    names = words["weekdays"].split()
    data = [
        {"weekday": names[weekday - 1], "hour": hour, "share": violating / documents, "few": documents < FEW,
         "violating": violating}
        for weekday, hour, documents, violating in rows
    ]  # fmt: skip
    spec = {
        "height": 190,
        "data": {"values": data},
        "encoding": {
            "x": {"field": "hour", "type": "ordinal", "title": words["hour"],
                  "scale": {"domain": list(range(24))}, "axis": {"labelAngle": 0}},
            "y": {"field": "weekday", "type": "ordinal", "title": None, "scale": {"domain": names}},
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#ffffff"},
                "encoding": {
                    "color": {"field": "share", "type": "quantitative", "title": words["rate"],
                              "scale": {"scheme": "blues"}, "legend": {"format": ".0%"}},
                    "opacity": {"condition": {"test": "datum.few", "value": 0.45}, "value": 1},
                },
            },
            {
                "transform": [{"filter": "datum.violating > 0"}],
                "mark": {"type": "text", "fontSize": 9},
                "encoding": {
                    "text": {"field": "violating"},
                    "color": {"condition": {"test": "datum.share > 0.5 && !datum.few", "value": "#ffffff"},
                              "value": _INK},
                },
            },
        ],
    }  # fmt: skip
    return _svg(spec, title)


def severities(rows: list[tuple[str, int, int]], title: str, lang: str) -> str:
    """Findings of each family, stacked by severity."""
    words = words_of(lang)
    data = [
        {"family": family_name(family, lang), "severity": words[_LABELS[severity]], "n": count,
         "order": -severity}
        for family, severity, count in rows
    ]  # fmt: skip
    spec = {
        "data": {"values": data},
        "mark": "bar",
        "encoding": {
            "y": {"field": "family", "type": "nominal", "title": None, "sort": "-x"},
            "x": {"field": "n", "type": "quantitative", "title": words["hits"], "axis": {"tickMinStep": 1}},
            "order": {"field": "order"},
            "color": _tones(words),
        },
    }  # fmt: skip
    return _svg(spec, title)


def ranking(groups: list[Group], title: str, lang: str) -> str:
    """Share of violating documents of agents or teams with intervals; small numbers as hollow points."""
    shown = groups[:_MOST]
    data = [
        {"name": _short(one.name), "share": one.share, "low": one.low, "high": one.high, "few": one.is_small}
        for one in shown
    ]
    spec = {
        "data": {"values": data},
        "encoding": {"y": {"field": "name", "type": "nominal", "title": None, "sort": None,
                           "axis": {"labelLimit": 260}}},
        "layer": [
            {"mark": {"type": "rule", "color": _INK, "strokeWidth": 1.5},
             "encoding": {"x": _percent("low", lang), "x2": {"field": "high"}}},
            {"mark": {"type": "point", "size": 60, "stroke": _DEEP, "strokeWidth": 2},
             "encoding": {"x": _percent("share", lang),
                          "fill": {"condition": {"test": "datum.few", "value": "#ffffff"}, "value": _DEEP}}},
        ],
    }  # fmt: skip
    return _svg(spec, title)


def rule_bars(rules: list[RuleFigure], title: str, lang: str) -> str:
    """Findings of the commonest rules."""
    words = words_of(lang)
    data = [
        {"rule": _short(one.rule), "n": one.findings, "severity": words[_LABELS[one.severity]]}
        for one in rules[:_MOST]
    ]
    spec = {
        "width": 300,
        "data": {"values": data},
        "mark": "bar",
        "encoding": {
            "y": {"field": "rule", "type": "nominal", "title": None, "sort": None,
                  "axis": {"labelLimit": 280}},
            "x": {"field": "n", "type": "quantitative", "title": words["hits"], "axis": {"tickMinStep": 1}},
            "color": _tones(words),
        },
    }  # fmt: skip
    return _svg(spec, title)


def _tones(words: dict[str, str]) -> dict[str, Any]:
    """The colours of severities."""
    names = [words[_LABELS[one]] for one in _TONES]
    return {
        "field": "severity", "type": "nominal", "title": words["severity"],
        "scale": {"domain": names, "range": list(_TONES.values())},
    }  # fmt: skip


def _short(name: str) -> str:
    """A name as a label; control characters would end the process that draws them."""
    shown = visible(name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _share(at: Any, documents: int, violating: int) -> dict[str, Any]:
    low, high = wilson(violating, documents)
    return {"at": at, "share": violating / documents, "low": low, "high": high}


def _percent(field: str, lang: str) -> dict[str, Any]:
    return {
        "field": field, "type": "quantitative", "title": words_of(lang)["rate"], "axis": {"format": ".1~%"},
    }  # fmt: skip


def _own_ids(drawn: str, title: str) -> str:
    """The drawing with ids of its own: Vega numbers them through as long as the process lasts."""
    names: dict[str, str] = {}
    own = f"c{zlib.crc32(title.encode()):08x}"
    return _ID.sub(lambda found: names.setdefault(found[0], f"{own}-{len(names)}"), drawn)


def _svg(spec: dict[str, Any], title: str) -> str:
    """The chart; its title stands beside it and in its label, its figures in a table."""
    import vl_convert
    from markupsafe import escape

    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH,
        "background": "transparent",
        "padding": {"left": 24, "right": 12, "top": 8, "bottom": 8},  # fonts differ from those measured here
        "config": {
            "aria": False,
            "font": "sans-serif",
            "axis": {"labelColor": _INK, "titleColor": _INK, "labelFontSize": 11, "gridColor": "#e5e5e5"},
            "legend": {"labelColor": _INK, "titleColor": _INK},
            "view": {"stroke": None},
        },
        **spec,
    }
    # Nothing in a chart is fetched: names of agents are data, not addresses.
    drawn: str = vl_convert.vegalite_to_svg(whole, allowed_base_urls=[])
    plain = _own_ids(_INNER_ROLES.sub("", drawn), title)
    return plain.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)

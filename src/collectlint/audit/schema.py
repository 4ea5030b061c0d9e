"""The tables of a store; `docs/audit.md` tells what their columns mean."""

from __future__ import annotations

VERSION = 2  # goes up when a table changes so that older stores cannot be read

TABLES = """
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE input (
  file INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE unit (
  unit INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, documents INTEGER NOT NULL, characters INTEGER NOT NULL,
  sampled_out INTEGER NOT NULL, other_days INTEGER NOT NULL, undated INTEGER NOT NULL);
CREATE TABLE document (
  unit INTEGER NOT NULL, nr INTEGER NOT NULL, id TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
  cell TEXT NOT NULL, jurisdiction TEXT NOT NULL, channel TEXT NOT NULL, kind TEXT NOT NULL,
  party TEXT NOT NULL, direction TEXT NOT NULL, outcome TEXT, started_at TEXT, day TEXT, hour INTEGER,
  weekday INTEGER, agent TEXT, team TEXT, turns INTEGER NOT NULL, characters INTEGER NOT NULL,
  worst INTEGER NOT NULL, gaps TEXT NOT NULL, PRIMARY KEY (unit, nr)) WITHOUT ROWID;
CREATE TABLE finding (
  unit INTEGER NOT NULL, nr INTEGER NOT NULL, seq INTEGER NOT NULL, rule TEXT NOT NULL, family TEXT NOT NULL,
  severity INTEGER NOT NULL, confidence TEXT NOT NULL, turn INTEGER NOT NULL, "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL, line INTEGER NOT NULL, "column" INTEGER NOT NULL, end_line INTEGER NOT NULL,
  end_column INTEGER NOT NULL, cell TEXT NOT NULL, speaker TEXT NOT NULL, at REAL, matched TEXT NOT NULL,
  excerpt TEXT NOT NULL, excerpt_start INTEGER NOT NULL, message TEXT NOT NULL, via TEXT, evidence TEXT,
  related TEXT, fingerprint TEXT NOT NULL, wording TEXT NOT NULL, waived TEXT, path TEXT,
  PRIMARY KEY (unit, nr, seq)) WITHOUT ROWID;
CREATE TABLE wording (
  wording TEXT PRIMARY KEY, title TEXT NOT NULL, families TEXT NOT NULL, remedy TEXT NOT NULL,
  basis TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dialogue (
  unit INTEGER NOT NULL, nr INTEGER NOT NULL, turns TEXT NOT NULL, PRIMARY KEY (unit, nr)) WITHOUT ROWID;
CREATE TABLE gap (
  gaps TEXT NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (gaps, rule, reason)) WITHOUT ROWID;
CREATE TABLE failure (
  unit INTEGER NOT NULL, seq INTEGER NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
  reason TEXT NOT NULL, remedy TEXT NOT NULL, PRIMARY KEY (unit, seq)) WITHOUT ROWID;
CREATE TABLE contact (
  unit INTEGER NOT NULL, seq INTEGER NOT NULL, nr INTEGER NOT NULL, rule TEXT NOT NULL,
  fingerprint TEXT NOT NULL, contact TEXT NOT NULL, waived TEXT, entry INTEGER NOT NULL,
  PRIMARY KEY (unit, seq)) WITHOUT ROWID;
CREATE TABLE old (
  unit INTEGER NOT NULL, nr INTEGER NOT NULL, seq INTEGER NOT NULL, entry INTEGER NOT NULL,
  PRIMARY KEY (unit, nr, seq)) WITHOUT ROWID;
CREATE TABLE session (
  session INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, seconds REAL, jobs INTEGER NOT NULL,
  units INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
  worker_peak_kib INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT 'broken off');

CREATE VIEW least AS
SELECT CASE json_extract(value, '$.severity') WHEN 'error' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END AS severity
FROM manifest WHERE name = 'settings';
CREATE VIEW shown AS
SELECT * FROM finding WHERE waived IS NULL AND severity >= (SELECT severity FROM least);
CREATE VIEW findings AS
SELECT coalesce(d.id, f.path) AS document, coalesce(f.path, i.path) AS path, f.line, f."column", f.end_line,
  f.end_column, f.cell, f.turn, f."start", f."end", f.rule, w.title, f.family, w.families,
  CASE f.severity WHEN 3 THEN 'error' WHEN 2 THEN 'warning' ELSE 'info' END AS severity, f.confidence,
  f.excerpt, f.excerpt_start, f.matched, f.via, f.speaker, f.at, f.message, w.remedy, w.basis, f.evidence,
  f.related, f.fingerprint, d.channel, d.party, d.started_at, d.day, d.hour, d.weekday, d.agent, d.team,
  f.unit, f.nr, f.seq, f.waived, f.severity < (SELECT severity FROM least) AS hidden
FROM finding f JOIN wording w USING (wording)
LEFT JOIN document d ON d.unit = f.unit AND d.nr = f.nr LEFT JOIN input i ON i.file = d.file;
CREATE VIEW not_evaluated AS
SELECT d.id AS document, i.path, g.rule, g.reason, d.unit, d.nr
FROM document d JOIN gap g USING (gaps) JOIN input i USING (file);
"""

IN_ORDER = 'unit, nr, turn, "start", rule, "end", seq'  # of findings in every report
COUNTED_FROM = 1_000_000_000  # `seq` of findings on counts, which come last of all
OUTSIDE = 1_000_000_000  # `unit` of findings on no input, which come last: those on lines of a baseline
SHOWN = "waived IS NULL AND NOT hidden"  # of the view `findings`; the view `shown` is the same of `finding`
# Tables whose rows are the same for every way a run went; `session` and, while it lasts, `contact` and `old`
# are not.
LASTING = ("manifest", "input", "unit", "document", "finding", "wording", "dialogue", "gap", "failure")

"""Trains the second reader from labelled documents; same corpus, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import pack
from typing import Any

from collectlint import likeness
from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.linter import Options, lint
from collectlint.operators.resembles import view_features
from collectlint.proof.background import background
from collectlint.proof.measure import VIOLATING
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import looked_at

ANY = "any"  # the column that says whether the document is violating at all
COLUMNS = (ANY, *VIOLATING)
VOCABULARY = 60_000
LEAST_DOCUMENTS = 2
STRENGTH = 100.0  # inverse of the regularisation
_CERTAIN = 10.0  # bias of a family that all, or no, violating documents have
FOLDS = 5  # of the held-out scores that calibrate
_AS_OF = "2026-11-22"  # of the documents without a day: the same corpus makes the same bytes
ENOUGH = 60  # documents of a channel for a calibration of its own


def features_of(document: Document, rulebook: Rulebook) -> list[str]:
    """Sorted features of a document, as the engine computes them."""
    return sorted(view_features(looked_at(document, rulebook, batch=True)))


def labels(document: Document) -> tuple[bool, ...]:
    """One truth value for each of COLUMNS."""
    families = set((document.label or {}).get("families", ())) & set(VIOLATING)
    return (bool(families), *(family in families for family in VIOLATING))


def told_by_words(documents: Iterable[Document], rulebook: Rulebook) -> list[Document]:
    """The documents without those that violate by their time alone.

    Their words are those of any reminder, and would teach that reminders are violations.
    """
    wordless = frozenset(rule.id for rule in rulebook.rules if rule.is_wordless and not rule.is_count)
    options = Options(as_of=_AS_OF, only=wordless, second_reader=False)
    kept = []
    for document in documents:
        families = {family for family, is_so in zip(COLUMNS, labels(document), strict=True) if is_so} - {ANY}
        told = {one.family for one in lint(document, rulebook, options).findings} if families else set()
        if not families or families - told:
            kept.append(document)
    return kept


def train(documents: Sequence[Document], rulebook: Rulebook) -> bytes:
    """The model file, from documents with labels; `rulebook` gives the lexicon lists.

    Raises UsageError without scikit-learn or without documents of both verdicts.
    """
    try:
        import numpy
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError("训练需要 scikit-learn", remedy="pip install 'collectlint[train]'") from error
    untrained = rulebook.with_model(None)  # the model that is to be replaced may not even be readable
    documents = told_by_words(sorted(documents, key=lambda document: document.id), untrained)
    ordered = [*documents, *background()]
    wanted = numpy.array([labels(document) for document in ordered])
    if not len(ordered) or not wanted[:, 0].any() or wanted[:, 0].all():
        raise UsageError("训练语料须同时有违规与合规的文档", remedy="检查 label 字段")
    vectorizer = TfidfVectorizer(
        analyzer=list, min_df=LEAST_DOCUMENTS, binary=True, max_features=None, norm=None
    )
    found = [features_of(document, untrained) for document in ordered]
    counts = vectorizer.fit_transform(found)
    keep = _strongest(counts, wanted, VOCABULARY)
    names = vectorizer.get_feature_names_out()[keep]
    idf = vectorizer.idf_[keep]
    rows = counts[:, keep].tocsr()
    # What the vocabulary does not know counts in the norm: an unfamiliar text must not weigh its few
    # familiar characters as if they were all it says.
    known = numpy.diff(rows.indptr)
    strange = (numpy.array([len(one) for one in found]) - known + likeness.PRIOR) * float(idf.max()) ** 2
    norms = numpy.sqrt(numpy.asarray(rows.multiply(rows).sum(axis=1)).ravel() + strange)
    from scipy.sparse import diags

    scaled = diags(1 / norms) @ rows
    real = len(documents)
    calibration = _calibration(scaled, wanted[:, 0], [document.channel for document in ordered[:real]])
    columns, biases = [], []
    for column, name in enumerate(COLUMNS):
        # A family is judged among violating documents only: "which", after "whether" has been answered.
        chosen = numpy.arange(len(ordered)) if name == ANY else numpy.flatnonzero(wanted[:, 0])
        if wanted[chosen, column].all() or not wanted[chosen, column].any():
            columns.append(numpy.zeros(len(names)))  # nothing to tell apart: always, or never
            biases.append(_CERTAIN if wanted[chosen, column].all() else -_CERTAIN)
            continue
        model = LogisticRegression(
            C=STRENGTH, max_iter=2000, tol=1e-6, class_weight=None if name == ANY else "balanced"
        )
        model.fit(scaled[chosen], wanted[chosen, column])
        columns.append(model.coef_[0] * idf)
        biases.append(round(float(model.intercept_[0]), 4))
    header = {
        "families": list(COLUMNS),
        "documents": real,
        "biases": biases,
        "calibration": calibration,
    }
    return _packed(names, idf, columns, header)


def _calibration(rows: Any, wanted: Any, channels: list[str]) -> dict[str, list[float]]:
    """Platt scaling (slope, shift) of held-out scores, overall ("") and by channel.

    `channels` are those of the first rows; rows beyond them are background.
    """
    import numpy
    from sklearn.linear_model import LogisticRegression

    scores = numpy.zeros(len(wanted))
    for part in range(FOLDS):
        held_out = numpy.arange(len(wanted)) % FOLDS == part
        model = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-6)
        scores[held_out] = model.fit(rows[~held_out], wanted[~held_out]).decision_function(rows[held_out])
    wanted, scores = wanted[: len(channels)], scores[: len(channels)]  # background calibrates nothing
    names = numpy.array(channels)
    calibration = {}
    for channel in ["", *sorted(set(channels))]:
        chosen = numpy.full(len(wanted), True) if not channel else names == channel
        if channel and (chosen.sum() < ENOUGH or len(set(wanted[chosen])) < 2):
            continue
        platt = LogisticRegression(C=1.0).fit(scores[chosen].reshape(-1, 1), wanted[chosen])
        calibration[channel] = [round(float(platt.coef_[0][0]), 3), round(float(platt.intercept_[0]), 3)]
    return calibration


def _strongest(counts: Any, wanted: Any, number: int) -> Any:
    """Indices of the features that differ most between the verdicts (chi squared), in vocabulary order."""
    import numpy
    from sklearn.feature_selection import chi2

    if counts.shape[1] <= number:
        return numpy.arange(counts.shape[1])
    best = numpy.zeros(counts.shape[1])
    for column in range(wanted.shape[1]):
        if wanted[:, column].any():
            best = numpy.maximum(best, numpy.nan_to_num(chi2(counts, wanted[:, column])[0]))
    order = numpy.lexsort((numpy.arange(len(best)), -best.round(9)))
    return numpy.sort(order[:number])


def _packed(names: Any, idf: Any, columns: list[Any], header: dict[str, Any]) -> bytes:
    import numpy

    steps = [float(numpy.abs(column).max()) / 127 or 1.0 for column in columns]
    weights = numpy.stack(
        [numpy.rint(column / step) for column, step in zip(columns, steps, strict=True)], axis=1
    )
    squares = idf * idf
    square_step = float(squares.max()) / 255
    quantised = numpy.rint(squares / square_step).astype(int)
    flat = [int(value) for value in weights.ravel()]
    header |= {"steps": [round(step, 8) for step in steps], "square_step": round(square_step, 8)}
    return likeness.pack(
        header,
        names,
        pack(f"<{len(flat)}b", *flat),
        pack(f"<{len(quantised)}B", *(int(value) for value in quantised)),
    )

"""Cell words: what the samples of a cell are, and whose average theirs is nearer to."""

from __future__ import annotations

from nnstudio.experiments.explaining.cell import CellMeans
from nnstudio.ui.prediction.guess import with_article

_HALFWAY = 0.02
_WHOLE = "by their values as a whole the mistake is no surprise."
_DETAILS = "details, not the whole, misled the network."


def cell_words(count: int, noun: str, actual: str | None, predicted: str | None, found: CellMeans) -> str:
    """Say it for ``count`` samples that are ``actual`` and read as ``predicted``; None where they differ."""
    many = f"{count:,} {noun}{'' if count == 1 else 's'}"
    if actual is None or predicted is None:
        of = f" of {with_article(actual)}" if actual is not None else ""
        read = f" read as {with_article(predicted)}" if predicted is not None else ""
        return f"{many}{of}{read}. This is what they look like on average."
    said = f"{many} of {with_article(actual)} {'was' if count == 1 else 'were'} read as "
    if found.closer is None:
        return f"{said}{with_article(predicted)}, which is right."
    said += f"{with_article(predicted)}."
    if abs(found.closer - 1.0) < _HALFWAY:
        return f"{said} Their average lies halfway between the averages of both classes."
    nearer, farther, why = (predicted, actual, _WHOLE) if found.closer > 1 else (actual, predicted, _DETAILS)
    return f"{said} Their average is nearer to the average {nearer} than to the average {farther}: {why}"

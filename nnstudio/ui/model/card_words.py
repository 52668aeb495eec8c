"""CardWords: a card in a sentence, for those who hear it."""

from __future__ import annotations

from nnstudio.engine.checks import LayerReport
from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Layer
from nnstudio.engine.problems import Problem

FATES = {
    "kept": "It was trained and keeps its weights when you train.",
    "fresh": "It begins with fresh weights when you train.",
}


def card_words(
    row: int, layer: Layer | None, report: LayerReport | None, problem: Problem | None, fate: str = ""
) -> str:
    """Return what the card in ``row`` shows."""
    if layer is None or report is None:
        return "Data" if row == 0 else "Target"
    shape = shape_words(report.output_shape) if report.output_shape is not None else "waits"
    frozen = "" if layer.trainable else ", frozen"
    what = f"{type(layer).__name__} {layer.name}{frozen}, output {shape}"
    sentences = (problem.sentence if problem is not None else "", FATES.get(fate, ""))
    told = " ".join(filter(None, sentences))
    return f"Layer {row}: {what}, {report.parameters:,} parameters. {told}"

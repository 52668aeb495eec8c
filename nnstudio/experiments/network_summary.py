"""NetworkSummary: the table of layers with shapes and parameters, as plain text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from nnstudio.engine.checks import Report
from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import shape_words
from nnstudio.task import DataFacts

_HEADS = ("Layer", "Type", "Output shape", "Parameters")
_UNKNOWN = "?"
_GAP = "  "
Row = tuple[str, str, str, str]


def summary_text(design: Design, report: Report, facts: DataFacts) -> str:
    """Return the table with columns of even width, and the totals in Keras' words below it."""
    rows = [_HEADS, *_rows(design, report, facts)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    lines = [_aligned(row, widths) for row in rows]
    rule = "-" * max(len(line) for line in lines)
    return "\n".join((lines[0], rule, *lines[1:], rule, *_totals(report), ""))


def summary_markdown(design: Design, report: Report, facts: DataFacts) -> str:
    """Return the table and the totals as Markdown."""
    lines = [_HEADS, ("---", "---", "---:", "---:"), *(_escaped(row) for row in _rows(design, report, facts))]
    table = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join((*table, "", *(f"- {total}" for total in _totals(report)), ""))


def _rows(design: Design, report: Report, facts: DataFacts) -> Iterator[Row]:
    yield "input", facts.name, shape_words(facts.sample_shape), ""
    for layer, found in zip(design.layers, report.layers, strict=True):
        known = found.output_shape is not None
        shape = shape_words(found.output_shape) if found.output_shape is not None else _UNKNOWN
        yield layer.name, type(layer).__name__, shape, f"{found.parameters:,}" if known else _UNKNOWN


def _totals(report: Report) -> tuple[str, ...]:
    frozen = report.parameters - report.trainable_parameters
    return (
        f"Total params: {report.parameters:,}",
        f"Trainable params: {report.trainable_parameters:,}",
        f"Non-trainable params: {frozen:,}",
        f"Multiply-adds per sample: {report.multiply_adds:,}",
    )


def _aligned(row: Row, widths: list[int]) -> str:
    left = (words.ljust(width) for words, width in zip(row[:2], widths[:2], strict=True))
    right = (words.rjust(width) for words, width in zip(row[2:], widths[2:], strict=True))
    return _GAP.join((*left, *right)).rstrip()


def _escaped(row: Row) -> Row:
    name, kind, shape, count = (words.replace("|", "\\|") for words in row)
    return name, kind, shape, count

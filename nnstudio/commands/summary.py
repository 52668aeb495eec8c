"""Summary: a design, a study and a whole model as lines of text, as Keras' summary shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nnstudio.engine.design import Design
from nnstudio.experiments.model_look import LAYER_HEAD, Fact, ModelLook, layer_table, study_facts
from nnstudio.experiments.study import Study
from nnstudio.task import Shape

_GAP = "  "
_NUMBERS = 2  # the column of tables that holds numbers


def design_lines(design: Design, shape: Shape) -> Iterator[str]:
    """Yield the layers with what they give and hold, and how many parameters there are in all."""
    rows, facts = layer_table(design, shape)
    yield from aligned([LAYER_HEAD, *rows], numbers={_NUMBERS})
    yield from _fact_lines(facts)


def study_lines(study: Study, class_names: tuple[str, ...]) -> Iterator[str]:
    """Yield how the network learns, and from what."""
    return _fact_lines(tuple(study_facts(study, class_names)))


def look_lines(look: ModelLook) -> Iterator[str]:
    """Yield everything that is known of a model."""
    yield from aligned([look.head, *look.rows], numbers={_NUMBERS})
    yield ""
    yield from _fact_lines(look.facts)
    for note in look.notes:
        yield f"Note: {note}"


def aligned(rows: Sequence[Sequence[str]], numbers: set[int]) -> Iterator[str]:
    """Yield rows of cells as lines; columns in ``numbers`` stand right, the last one takes what it needs."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if len(widths) - 1 not in numbers:
        widths[-1] = 0
    for row in rows:
        cells = (
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield _GAP.join(cells).rstrip()


def _fact_lines(facts: tuple[Fact, ...]) -> Iterator[str]:
    return (f"{name}: {value}" for name, value in facts)

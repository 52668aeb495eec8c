"""HistoryCsv: the record of a training as text for a spreadsheet: every batch, or every epoch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnstudio.experiments.history import History, Table

_DIGITS = 9
_WHOLE = ("iteration", "epoch")
_BLOCK = 4096


def csv_lines(table: Table) -> Iterator[str]:
    """Yield a line with the names of the columns, then one for each row; what was not measured is empty."""
    yield ",".join(table.columns)
    rows = table.rows()
    for start in range(0, len(rows), _BLOCK):
        for row in rows[start : start + _BLOCK].tolist():
            yield ",".join(_number(name, value) for name, value in zip(table.columns, row, strict=True))


def epoch_text(history: History) -> str:
    """Return the epochs with tabs between their values, as spreadsheets paste them."""
    return "\n".join(line.replace(",", "\t") for line in csv_lines(history.epochs))


def _number(name: str, value: float) -> str:
    if np.isnan(value):
        return ""
    return str(int(value)) if name in _WHOLE else f"{value:.{_DIGITS}g}"

"""ColumnJson: what the columns of a table are to a network and how inputs are scaled, as JSON, and back.

This is what a prediction needs elsewhere, beside the weights.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.fitted import Fitted
from nnstudio.data.scaler import Scaler
from nnstudio.errors import FileError
from nnstudio.formats.values import Json, shortened

_MOST_COLUMNS = 100_000


def columns_to_json(columns: tuple[Column, ...]) -> list[Json]:
    """Return each column: its name, its categories, and what fills a gap."""
    return [
        {
            "name": column.name,
            "categories": list(column.categories),
            "fill": column.fill,
            "zero_is_missing": column.zero_is_missing,
        }
        for column in columns
    ]


def columns_from_json(config: Any) -> tuple[Column, ...]:
    """Return what `columns_to_json` described; FileError where it is no list of columns."""
    if not isinstance(config, list) or len(config) > _MOST_COLUMNS:
        raise FileError("It has no list of columns.")
    return tuple(map(_column, config))


def _column(config: Any) -> Column:
    if not isinstance(config, dict) or not isinstance(config.get("name"), str):
        raise FileError("A column of it has no name.")
    categories, fill = config.get("categories", []), config.get("fill")
    if not isinstance(categories, list) or not all(isinstance(one, str) for one in categories):
        raise FileError(shortened(f"The categories of {config['name']} are no names."))
    fits = isinstance(fill, str) and fill in categories if categories else _is_number(fill)
    if fill is not None and not fits:
        raise FileError(shortened(f"What fills the gaps of {config['name']} is none of its values."))
    return Column(config["name"], tuple(categories), fill, config.get("zero_is_missing") is True)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))


def scaler_to_json(scaler: Scaler) -> Json:
    """Return offset and spread: a number, a list with one per input, or null."""
    return {"offset": _numbers(scaler.offset), "spread": _numbers(scaler.spread)}


def scaler_from_json(config: Any) -> Scaler:
    """Return what `scaler_to_json` described, bit for bit; FileError where it is none."""
    if not isinstance(config, dict):
        raise FileError("It does not say how inputs are scaled.")
    return Scaler(_array(config.get("offset")), _array(config.get("spread")))


def fitted_to_json(fitted: Fitted) -> Json:
    """Return what turns new rows into inputs."""
    return {
        "columns": columns_to_json(fitted.columns),
        "scaler": scaler_to_json(fitted.scaler),
        "target_names": list(fitted.target_names),
    }


def fitted_from_json(config: Any) -> Fitted:
    """Return what `fitted_to_json` described; FileError where it is none."""
    if not isinstance(config, dict):
        raise FileError("It does not say how rows become inputs.")
    columns, scaler = columns_from_json(config.get("columns")), scaler_from_json(config.get("scaler"))
    width = sum(column.width for column in columns)
    names = config.get("target_names")
    shapes = [array.shape for array in (scaler.offset, scaler.spread) if array is not None]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FileError("It does not say what is predicted.")
    if columns and any(shape not in ((), (width,)) for shape in shapes):
        raise FileError("Its inputs are scaled in another number than there are.")
    return Fitted(columns, scaler, tuple(names))


def fitted_or_problem(config: Any, problems: list[str]) -> Fitted | None:
    """Return what `fitted_to_json` described, or None; ``problems`` gets a sentence where it is damaged."""
    try:
        return None if config is None else fitted_from_json(config)
    except FileError as error:
        problems.append(f"How new rows are prepared is lost. {error}")
        return None


def _numbers(array: Array | None) -> Any:
    return None if array is None else array.astype(np.float64).tolist()


def _array(value: Any) -> Array | None:
    numbers = value if isinstance(value, list) else [value]
    if value is None:
        return None
    if not all(map(_is_number, numbers)):
        raise FileError("It does not say in numbers how inputs are scaled.")
    return np.array(value, np.float32)

"""Rows of a table become inputs in plain NumPy."""

import numpy as np


def inputs_of(rows, columns):
    """Return inputs (rows, inputs) for rows that are given as dicts: column name to number or text."""
    return np.array([[x for column in columns for x in cell(row, column)] for row in rows], np.float32)


def cell(row, column):
    """Return the inputs that one column makes of a row: a number, or a 1 among zeros for a category."""
    name, categories = column["name"], column["categories"]
    text = str(row.get(name, "")).strip()
    if text in ("", "?", "NA", "nan") or (column["zero_is_missing"] and text and is_zero(text)):
        text = column["fill"]
        if text is None:
            raise ValueError(f"{name} is missing, and nothing is known to stand for it.")
    if not categories:
        return [float(text)]
    if text not in categories:
        raise ValueError(f"{name} is {text!r}; the network knows {', '.join(categories)}.")
    return [float(text == category) for category in categories]


def is_zero(text):
    try:
        return float(text) == 0
    except ValueError:
        return False

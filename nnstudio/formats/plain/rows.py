"""Rows of a table become inputs in plain NumPy."""

import numpy as np


def inputs_of(rows, columns):
    """Return inputs (rows, inputs) for rows that are given as dicts: column name to number or text."""
    return np.array([[x for column in columns for x in cell(row, column)] for row in rows], np.float32)


def cell(row, column):
    """Return the inputs that one column makes of a row: a number, or a 1 among zeros for a category."""
    name, categories = column["name"], column["categories"]
    if name not in row:
        raise ValueError(f"There is no column {name!r}.")
    value = str(row[name]).strip()
    if value.lower() in ("", "?", "-", "na", "n/a", "nan", "null", "none"):
        value = None
    elif not categories:
        value = number(value, name)
        value = None if value == 0 and column["zero_is_missing"] else value
    if value is None:
        value = column["fill"]
    if value is None:
        raise ValueError(f"{name} is missing, and nothing is known to stand for it.")
    if not categories:
        return [value]
    if value not in categories:
        raise ValueError(f"{name} is {value!r}; the network knows {', '.join(categories)}.")
    return [float(value == category) for category in categories]


def number(text, name):
    """Return the number that a text says, also with a decimal comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"{name} is {text!r}, which is no number.") from None

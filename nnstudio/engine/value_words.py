"""Value words: the values of settings as a person reads them on cards, in lists and in the names of steps."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from nnstudio.settings import Setting, settings_of

NONE = "none"

# A word begins where a capital follows a small letter or digit, unless it stands alone: AdamW, L1L2, RMSprop.
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z][A-Za-z])")


def choice_words(choice: Any) -> str:
    """Return what a person reads for a choice: "Glorot uniform" for the class GlorotUniform."""
    if choice is None:
        return NONE
    if isinstance(choice, str):
        return choice
    title = getattr(choice, "title", "")
    return title if isinstance(title, str) and title else _spaced(choice.__name__)


def value_words(declared: Setting, value: Any) -> str:
    """Return a value in words: "0.001", "yes", "none", "3 × 3" for a pair, "1, 2" for a list, "L2 0.01"."""
    if value is None:
        return declared.absent
    if isinstance(value, tuple):
        separator = " × " if declared.is_size else ", "
        return separator.join(one if isinstance(one, str) else number_words(one) for one in value) or (
            NONE if declared.item is str else ""
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_words(value)
    return value if isinstance(value, str) else object_words(value)


def short_words(declared: Setting, value: Any) -> str:
    """Return a value in words, one with settings of its own by its class alone: "L2"."""
    return choice_words(type(value)) if dataclasses.is_dataclass(value) else value_words(declared, value)


def object_words(value: Any) -> str:
    """Return a value of a class with its own settings: "L2 0.01"."""
    inner = (value_words(declared, getattr(value, declared.name)) for declared in settings_of(value))
    return " ".join((choice_words(type(value)), *inner))


def number_words(number: float) -> str:
    """Return a number as short as it can be written: "0.001", "1e-7"."""
    if isinstance(number, int):
        return str(number)
    return re.sub(r"e([+-])0?", lambda sign: "e" + sign[1].strip("+"), f"{number:.10g}")


def title_words(declared: Setting) -> str:
    """Return a setting's title within a sentence: "learning rate", "L2"."""
    title = declared.title
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _spaced(name: str) -> str:
    first, *rest = _WORD_START.sub(" ", name).split(" ")
    return " ".join([first, *(word if word.isupper() else word.lower() for word in rest)])

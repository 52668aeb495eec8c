"""ScriptWords: values and sentences as they stand in a program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pprint import pformat
from typing import Any

_WIDTH = 90


def literal(value: Any) -> str:
    """Return a value as Python writes it, over several lines where it is long."""
    return pformat(value, width=_WIDTH, compact=True, sort_dicts=False)


def indented(lines: Iterable[str], spaces: int = 4) -> str:
    """Return lines with so many spaces in front of them."""
    return "\n".join(f"{' ' * spaces}{line}" for line in lines)


def one_line(title: str) -> str:
    """Return a title that can stand in a docstring, whatever a person typed."""
    return "".join(letter if letter.isprintable() and letter not in '"\\' else " " for letter in title)


def comment_lines(sentences: Iterable[str]) -> str:
    """Return sentences as comments at the end of a program; "" where there are none."""
    wrapped = [line for sentence in sentences for line in textwrap.wrap(one_line(sentence), _WIDTH)]
    lines = ("What Keras does otherwise than nnstudio:", *wrapped) if wrapped else ()
    return "".join(f"\n# {line}" for line in lines) + ("\n" if wrapped else "")

"""Sources: the text of plain functions, each with all that it calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_MODULES = ("activations", "layers", "images", "rows", "files")


def with_all_they_call(names: Iterable[str]) -> str:
    """Return the text of the functions ``names`` and of those they call, in the order of their modules."""
    wanted = set(_closure(names))
    return "\n\n\n".join(text for name, (text, _) in _functions().items() if name in wanted)


def plain_names() -> frozenset[str]:
    """Return the names of all plain functions."""
    return frozenset(_functions())


def _closure(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _functions()[name][1]
            yield name


@cache
def _functions() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return text and callees of every plain function by its name."""
    texts = [_read(module) for module in _MODULES]
    nodes = [(node, text) for text in texts for node in ast.parse(text).body]
    found = {node.name: (node, text) for node, text in nodes if isinstance(node, ast.FunctionDef)}
    return {
        name: (ast.get_source_segment(text, node) or "", tuple(sorted(_names_in(node) & found.keys())))
        for name, (node, text) in found.items()
    }


def _names_in(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _read(module: str) -> str:
    return (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")

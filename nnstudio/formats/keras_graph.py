"""KerasGraph: a description of which layer gets what from which, as the one row that it may come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nnstudio.errors import FileError
from nnstudio.formats.values import Json, shortened

_TENSOR = "__keras_tensor__"
_MOST_TOLD = 4
_ADVICE = "nnstudio opens layers that follow one another, so build such a network in Keras and save that."


def name_of(entry: Json) -> str:
    """Return the name of a layer; "" where it has none."""
    config = entry.get("config")
    name = entry.get("name") or (config.get("name") if isinstance(config, dict) else None)
    return name if isinstance(name, str) else ""


def in_a_row(entries: list[Json]) -> list[Json]:
    """Return layers in the order in which a sample goes through them.

    Raises:
        FileError: there are branches; the sentence names them.
    """
    by_name = {name_of(entry): entry for entry in entries}
    sources = {name: list(_sources(entry)) for name, entry in by_name.items()}
    takers: dict[str, list[str]] = {name: [] for name in by_name}
    for name, nodes in sources.items():
        for source in dict.fromkeys(source for node in nodes for source in node):
            takers.setdefault(source, []).append(name)
    problems = list(_branches(sources, takers))
    row = [] if problems else _followed(sources, takers)
    if problems or len(row) != len(entries):
        told = "; ".join(problems[:_MOST_TOLD]) or "some of them lead nowhere"
        raise FileError(shortened(f"Its layers form no single row: {told}.") + f" {_ADVICE}")
    return [by_name[name] for name in row]


def _branches(sources: dict[str, list[list[str]]], takers: dict[str, list[str]]) -> Iterator[str]:
    """Tell everything by which the layers are no row."""
    starts = [name for name, nodes in sources.items() if not any(nodes)]
    ends = [name for name, behind in takers.items() if not behind]
    if len(starts) != 1:
        yield f"it has {len(starts)} inputs ({_listed(starts)})"
    for name, behind in takers.items():
        if len(behind) > 1:
            yield f'behind "{name}" it branches to {_listed(behind)}'
    for name, nodes in sources.items():
        if len(nodes) > 1:
            yield f'"{name}" is used {len(nodes)} times'
        elif nodes and len(set(nodes[0])) > 1:
            yield f'"{name}" joins {_listed(nodes[0])}'
    if len(ends) > 1:
        yield f"it has {len(ends)} outputs ({_listed(ends)})"


def _followed(sources: dict[str, list[list[str]]], takers: dict[str, list[str]]) -> list[str]:
    name = next(name for name, nodes in sources.items() if not any(nodes))
    row = [name]
    while takers[name] and len(row) <= len(sources):
        name = takers[name][0]
        row.append(name)
    return row


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    more = [f"{len(names) - _MOST_TOLD} more"] if len(names) > _MOST_TOLD else []
    return ", ".join([*(f'"{name}"' for name in names[:_MOST_TOLD]), *more]) or "none"


def _sources(entry: Json) -> Iterator[list[str]]:
    """Yield for each time that a layer is used the names of the layers that it gets something from."""
    nodes = entry.get("inbound_nodes")
    for node in nodes if isinstance(nodes, list) else []:
        yield list(_tensors(node))


def _tensors(node: Any) -> Iterator[str]:
    """Yield where the parts of one use come from, as Keras 3 tells it, or Keras 2: name, use, output."""
    if isinstance(node, dict):
        history = _history(node)
        inner = [] if history else list(node.values())
        yield from history
    else:
        is_tensor = isinstance(node, list) and len(node) >= 3 and isinstance(node[0], str)
        inner = node[3:] if is_tensor else node if isinstance(node, list) else []
        yield from node[:1] if is_tensor else []
    for part in inner:
        yield from _tensors(part)


def _history(node: Json) -> list[str]:
    config = node.get("config")
    if node.get("class_name") != _TENSOR or not isinstance(config, dict):
        return []
    found = config.get("keras_history")
    return [found[0]] if isinstance(found, list) and found and isinstance(found[0], str) else []

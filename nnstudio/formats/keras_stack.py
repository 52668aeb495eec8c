"""KerasStack: the one row of layers that a description comes to, whatever form it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.errors import FileError
from nnstudio.formats.keras_graph import in_a_row, name_of
from nnstudio.formats.values import Json, name_and_config, shortened
from nnstudio.task import Shape

MOST_LAYERS = 1000
INPUT = "InputLayer"
_GRAPHS = ("Functional", "Model")
_STACKS = ("Sequential", *_GRAPHS)
_MOST_DEEP = 10


@dataclass(frozen=True)
class Entry:
    """A layer as it is described.

    ``group`` counts the layers of the outermost stack: in an .h5 file all weights of one of these lie
    together. ``path`` is where Keras 3 keeps the weights otherwise: by the layer's class and a number.
    """

    json: Json
    group: int
    path: str
    frozen: bool = False


@dataclass(frozen=True)
class Stack:
    """The layers of a network with what tells where their weights are; see `Entry`.

    ``free`` says whether the file leaves lengths of ``shape`` open.
    """

    layers: tuple[Layer, ...]
    shape: Shape
    groups: tuple[int, ...]
    paths: tuple[str, ...]
    free: bool = False


def stack_of(layers: tuple[Layer, ...], shape: Shape) -> Stack:
    """Return the stack of layers of which none was ever inside another stack."""
    return Stack(layers, shape, tuple(range(len(layers))), tuple(_paths_of(layers)))


def entries_of(config: Any, notes: list[str]) -> list[Entry]:
    """Return all layers that a description has, in their order, those of inner stacks among them.

    Raises:
        FileError: it is no description, or its layers do not follow one another.
    """
    if not isinstance(config, dict):
        raise FileError("It does not describe a network.")
    kind = name_and_config(config)[0]
    if kind not in _STACKS:
        raise FileError(shortened(f"It describes a {kind} model; nnstudio opens Sequential ones."))
    entries = list(_of_stack(config, "layers", None, _MOST_DEEP))
    if len(entries) > MOST_LAYERS:
        raise _too_many()
    if kind in _GRAPHS:
        notes.append("The file describes a graph of layers that follow one another: it opens as a stack.")
    if any(entry.path.count("/") > 1 for entry in entries):
        notes.append("The file has a stack within a stack: its layers open in one row.")
    return entries


def layer_lists(config: Json) -> list[Json]:
    """Return the layers of one stack as they are described, in their order."""
    kind, inner = name_and_config(config)
    # Keras before 2.2.3 wrote the list itself.
    entries = config["config"] if isinstance(config.get("config"), list) else inner.get("layers")
    if not isinstance(entries, list) or len(entries) > MOST_LAYERS:
        raise _too_many()
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("config"), dict | list):
            raise FileError("It has a layer without settings.")
        name_and_config(entry)
    twice = [name for name, count in Counter(map(name_of, entries)).items() if count > 1 and name]
    if twice:
        raise FileError(shortened(f'It has several layers of the name "{twice[0]}".'))
    return in_a_row(entries) if kind in _GRAPHS else entries


def _of_stack(
    config: Json, place: str, group: int | None, deep: int, frozen: bool = False
) -> Iterator[Entry]:
    """Yield the layers of a stack whose weights lie in ``group``, or in one for each of its layers."""
    if not deep:
        raise FileError("It has stacks within stacks without end.")
    paths = _paths(place)
    for index, entry in enumerate(layer_lists(config)):
        kind, settings = name_and_config(entry)
        path = paths(kind)
        here = index if group is None else group
        still = frozen or settings.get("trainable") is False
        if kind in _STACKS:
            yield from _of_stack(entry, f"{path}/layers", here, deep - 1, still)
        elif kind != INPUT or (group is None and index == 0):
            yield Entry(entry, here, path, still)


def _paths_of(layers: tuple[Layer, ...]) -> list[str]:
    """Return where Keras 3 keeps the weights of each of ``layers``."""
    paths = _paths("layers")
    return [paths(type(layer).__name__) for layer in layers]


def _paths(place: str) -> Callable[[str], str]:
    """Return what numbers the layers of one stack by their class, each under the next free path."""
    seen: Counter[str] = Counter()

    def path(kind: str) -> str:
        name = snake(kind)
        number, seen[name] = seen[name], seen[name] + 1
        return f"{place}/{name}_{number}" if number else f"{place}/{name}"

    return path


def snake(name: str) -> str:
    """Return Keras 3's spelling of a class in paths: ``max_pooling2d`` for ``MaxPooling2D``."""
    spaced = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


def _too_many() -> FileError:
    return FileError(f"It does not describe a list of at most {MOST_LAYERS:,} layers.")

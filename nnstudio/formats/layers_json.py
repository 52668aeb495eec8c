"""LayersJson: some layers as text, for the clipboard, and back from nnstudio's words or Keras'."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect, dialect_by
from nnstudio.formats.keras_layers import is_known, read_layer, unknown_layers
from nnstudio.formats.keras_stack import INPUT, Entry, entries_of
from nnstudio.formats.values import (
    Json,
    name_and_config,
    named_from_json,
    parse_json,
    setting_to_json,
    shortened,
)
from nnstudio.settings import settings_of

_OURS = "nnstudio_layers"
_WHAT = "text"
MOST_LAYERS = 1000
_KINDS = {kind.__name__: kind for kind in LAYERS}


def layers_to_text(layers: Iterable[Layer]) -> str:
    """Return ``layers`` as JSON, one in a line: names, main settings, and what is not as it is by default."""
    entries = ",\n  ".join(json.dumps(_entry(layer), ensure_ascii=False) for layer in layers)
    return f'{{"{_OURS}": [\n  {entries}\n]}}\n'


def layers_from_text(text: str, notes: list[str]) -> tuple[Layer, ...]:
    """Return the layers of `layers_to_text`, of a list of Keras' layers, or of ``model.to_json()``.

    ``notes`` gets a sentence for all that Keras says and nnstudio leaves out.

    Raises:
        FileError: it is something else, or a layer has a setting that is not allowed.
    """
    found = parse_json(text.strip(), _WHAT)
    if isinstance(found, dict) and _OURS in found:
        layers = tuple(_read_own(found[_OURS]))
    elif isinstance(found, dict | list):
        layers = tuple(_read_keras(found, notes))
    else:
        raise FileError("Layers are expected.")
    if not layers:
        raise FileError("It has no layers.")
    return layers


def _entry(layer: Layer) -> Json:
    config = {
        declared.name: setting_to_json(declared, getattr(layer, declared.name))
        for declared in settings_of(layer)
        if declared.main or declared.name == "name" or getattr(layer, declared.name) != declared.default
    }
    return {"class_name": type(layer).__name__, "config": config}


def _read_own(entries: Any) -> Iterator[Layer]:
    if not isinstance(entries, list) or len(entries) > MOST_LAYERS:
        raise FileError(f"At most {MOST_LAYERS:,} layers are expected.")
    for entry in entries:
        name, config = name_and_config(entry)
        if name not in _KINDS:
            raise FileError(unknown_layers([(str(config.get("name", name)), name)]))
        known = {declared.name for declared in settings_of(_KINDS[name])}
        for key in config:
            if key not in known:
                raise FileError(shortened(f"{name} has no setting {key!r}."))
        yield named_from_json([_KINDS[name]], entry)


def _read_keras(found: Any, notes: list[str]) -> Iterator[Layer]:
    for entry in _keras_entries(found, notes):
        kind, config = name_and_config(entry.json)
        if kind == INPUT:
            continue
        if not is_known(kind):
            raise FileError(unknown_layers([(str(config.get("name", kind)), kind)]))
        yield read_layer(entry.json, _dialect_of(found), None, notes)


def _keras_entries(found: Any, notes: list[str]) -> list[Entry]:
    """Return the layers of a network, of a list of layers, or the only one that is described."""
    if isinstance(found, dict) and is_known(name_and_config(found)[0]):
        found = [found]
    if isinstance(found, list):
        found = {"class_name": "Sequential", "config": {"layers": found}}
    return entries_of(found, notes)


def _dialect_of(found: Any) -> Dialect:
    """Return whose words they are: a network tells its version, a layer of Keras 3 the module it is from."""
    if isinstance(found, dict) and isinstance(found.get("keras_version"), str):
        return dialect_by(found["keras_version"])
    first = found[0] if isinstance(found, list) and found else found
    return Dialect.KERAS_3 if isinstance(first, dict) and "module" in first else Dialect.KERAS_2

"""LayerClipboard: layers as text that a person copies, cuts and pastes, also between windows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from nnstudio.engine.fit_words import count_words
from nnstudio.engine.layer import Layer
from nnstudio.errors import FileError
from nnstudio.formats.layers_json import layers_from_text, layers_to_text
from nnstudio.session.design_edits import is_name
from nnstudio.session.document import Document


@dataclass(frozen=True)
class Pasted:
    """The names of the layers that were inserted, none where the text was refused, and what to tell."""

    names: tuple[str, ...]
    told: str


def copied_text(document: Document, names: Collection[str]) -> str:
    """Return the layers called ``names``, from top to bottom, as text; "" for none."""
    layers = [layer for layer in document.design.layers if layer.name in names]
    return layers_to_text(layers) if layers else ""


def cut_layers(document: Document, names: Collection[str]) -> str:
    """Take layers out of the stack; return them as text."""
    text = copied_text(document, names)
    if text:
        document.edit_design(f"cut {_words(tuple(names))}", document.design.without(names))
    return text


def paste_layers(document: Document, text: str, index: int) -> Pasted:
    """Insert the layers that ``text`` describes before position ``index``, as one step."""
    if not text.strip():
        return Pasted((), "There is nothing to paste: copy layers first, here or in another window.")
    notes: list[str] = []
    try:
        layers = layers_from_text(text, notes)
    except FileError as error:
        return Pasted((), f"This cannot be pasted as layers. {error}")
    design = document.design.with_inserted(index, *map(_named, layers))
    names = design.names[index : index + len(layers)]
    document.edit_design(f"paste {_words(names)}", design)
    return Pasted(names, " ".join((f"Pasted {count_words(len(names), 'layer')}.", *notes)))


def _named(layer: Layer) -> Layer:
    """Return the layer without a name that Keras would refuse: it gets one of its own."""
    return layer if is_name(layer.name) else replace(layer, name="")


def _words(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else count_words(len(names), "layer")

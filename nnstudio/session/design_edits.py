"""Design edits: what a person can do to the stack, each one step of the document's undo history."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from nnstudio.engine.fitting import with_output
from nnstudio.engine.layer import Layer
from nnstudio.engine.problems import Fix
from nnstudio.experiments.templates.template import Template
from nnstudio.session.document import Document
from nnstudio.session.step_words import step_of

# What TensorFlow and Keras both take as the name of a layer.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_RESERVED = "top_level_model_weights"


def add_layer(document: Document, layer: Layer, index: int) -> str:
    """Insert a layer before position ``index``; return the name that it got."""
    design = document.design.with_inserted(index, layer)
    document.edit_design(f"add {type(layer).__name__}", design)
    return design.layers[index].name


def add_output(document: Document) -> str:
    """Append the output layer that fits the data, with its loss, as one step; return its name.

    Where a sample ends as a picture, it is laid flat first.
    """
    design = with_output(document.design, document.report.row_at_end(document.facts), document.facts)
    document.edit_design("add the output layer", design)
    return design.layers[-1].name


def delete_layers(document: Document, names: Collection[str]) -> None:
    """Take layers out of the stack."""
    document.edit_design(f"delete {_words(names)}", document.design.without(names))


def duplicate_layers(document: Document, names: Collection[str]) -> tuple[str, ...]:
    """Insert copies of layers behind the last of them; return the copies' names."""
    design = document.design
    chosen = [replace(layer, name="") for layer in design.layers if layer.name in names]
    if not chosen:
        return ()
    index = max(design.index(name) for name in names) + 1
    copied = design.with_inserted(index, *chosen)
    document.edit_design(f"duplicate {_words(names)}", copied)
    return copied.names[index : index + len(chosen)]


def move_layers(document: Document, names: Collection[str], index: int) -> None:
    """Put layers, in their order, before the one now at position ``index``."""
    document.edit_design(f"move {_words(names)}", document.design.with_moved(names, index))


def shift_layers(document: Document, names: Collection[str], by: int) -> None:
    """Move layers one place up (-1) or down (1); nothing where there is no room."""
    positions = [document.design.index(name) for name in names]
    if positions:
        index = min(positions) - 1 if by < 0 else max(positions) + 2
        if 0 <= index <= len(document.design.layers):
            move_layers(document, names, index)


def change_layer(document: Document, name: str, setting: str, value: Any) -> str | None:
    """Change one setting of a layer; return why a value is refused, or None where it is taken.

    Changes of the same setting that follow each other are one step.
    """
    if setting == "name" and (refusal := _name_refusal(document, name, value)):
        return refusal
    layer = document.design.layer(name)
    step = step_of(layer, replace(layer, **{setting: value}), setting)
    merge = "" if setting == "name" else f"{name}.{step.merge}"
    document.edit_design(step.text, document.design.with_layer(name, **{setting: value}), merge)
    return None


def begin_from(document: Document, template: Template, *, own_data: bool, fitted: bool) -> None:
    """Put a template's design and plan, and with ``own_data`` its recipe, in the place of the document's."""
    study = template.study_for(document.study, document.facts, own_data=own_data, fitted=fitted)
    document.edit(f"begin from {template.name}", study)


def freeze_layers(document: Document, names: Collection[str], *, frozen: bool) -> None:
    """Keep training from changing the weights of layers, or let it change them again."""
    layers = tuple(
        replace(layer, trainable=not frozen) if layer.name in names else layer
        for layer in document.design.layers
    )
    verb = "freeze" if frozen else "unfreeze"
    document.edit_design(f"{verb} {_words(names)}", replace(document.design, layers=layers))


def apply_fix(document: Document, fix: Fix) -> None:
    """Mend a problem the way that was offered."""
    document.edit_design(fix.label[:1].lower() + fix.label[1:], fix.apply(document.design))


def apply_first_fix(document: Document) -> None:
    """Apply the best fix of the first problem that has one; nothing where none has."""
    for problem in document.report.problems:
        if problem.fixes:
            apply_fix(document, problem.fixes[0])
            return


def is_name(words: str) -> bool:
    """Return whether TensorFlow and Keras both take ``words`` as the name of a layer."""
    return bool(_NAME.fullmatch(words)) and words != _RESERVED


def _name_refusal(document: Document, name: str, wanted: str) -> str | None:
    if wanted != name and wanted in document.design.names:
        return f'Another layer is called "{wanted}". Names must differ.'
    if not is_name(wanted):
        return "A name has letters, digits, _ . or - and begins with a letter or digit."
    return None


def _words(names: Collection[str]) -> str:
    return next(iter(names)) if len(names) == 1 else f"{len(names)} layers"

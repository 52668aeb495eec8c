"""End cards: what stands above and below the stack: the data that go in, the target that should come out."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.fit import shape_words
from nnstudio.session.document import Document
from nnstudio.ui.setting_editors import choice_words


@dataclass(frozen=True)
class EndCard:
    """The words on a dashed card."""

    title: str
    words: str
    shape: str
    icon: str
    waits: bool = False


def input_card(document: Document) -> EndCard:
    """What goes in."""
    facts, scaling = document.facts, document.study.recipe.preparation.scaling
    images = len(facts.sample_shape) > 1
    words = f"{facts.name}, scaled {scaling}" if scaling != "none" else facts.name
    return EndCard("Images" if images else "Numbers", words, shape_words(facts.sample_shape), "image")


def target_card(document: Document) -> EndCard:
    """What should come out, and how the difference is measured."""
    facts = document.facts
    shape = f"{facts.classes} classes" if facts.is_classes else f"{facts.outputs} values"
    if not document.report.ready:
        return EndCard("Target", "Waits for the layers above", shape, "target", waits=True)
    return EndCard("Target", choice_words(type(document.design.loss)), shape, "target")

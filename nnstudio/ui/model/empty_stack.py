"""EmptyStack: says how to begin where there is no layer yet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from nnstudio.ui.notice import Sign
from nnstudio.ui.widgets import button, chain_focus, column, label, row

_WORDS = "Begin with the output layer that fits the data, with a template, or drag a layer here."


class EmptyStack(QFrame):
    """A card with the two ways to begin; whoever holds it shows it while the stack is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.output = button("Add the output layer", icon_name="plus")
        self.templates = button("Templates …", icon_name="model")
        words = column(
            label("The stack is empty.", size="strong"),
            label(_WORDS, wrap=True),
            row(self.output, self.templates, None),
            space=6,
        )
        inside = row(column(Sign("info", "accent"), None), words, space=10, margins=(14, 12, 14, 12))
        inside.setStretch(1, 1)
        self.setLayout(inside)
        chain_focus(self.output, self.templates)
        self.hide()

"""EmptyStack: says how to begin where there is no layer yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnstudio.session.document import Document
from nnstudio.ui.notice import Sign
from nnstudio.ui.widgets import button, chain_focus, column, label, panel, row

_WORDS = "Begin with the output layer that fits the data, with a template, or drag a layer here."


class EmptyStack(QWidget):
    """Shown only while the stack is empty.

    Signals:
        output_wanted(): A person asked for the output layer that fits the data.
        templates_wanted(): A person asked for networks to begin with.
    """

    output_wanted = Signal()
    templates_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.output = button("Add the output layer", icon_name="plus")
        self.templates = button("Templates …", icon_name="model")
        words = column(
            label("The stack is empty.", size="strong"),
            label(
                "Begin with the output layer that fits the data, with a template, or drag a layer here.",
                wrap=True,
            ),
            row(self.output, self.templates, None),
            space=6,
        )
        card = panel("card")
        inside = row(column(Sign("info", "accent"), None), words, space=10, margins=(14, 12, 14, 12))
        inside.setStretch(1, 1)
        card.setLayout(inside)
        self.setLayout(column(card, margins=(16, 4, 28, 8)))
        chain_focus(self.output, self.templates)
        self.output.clicked.connect(self.output_wanted)
        self.templates.clicked.connect(self.templates_wanted)
        document.checked.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show whether there is anything."""
        self.setVisible(not self._document.design.layers)

"""LayerPanel: all settings of the selected layer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.engine.layer import Layer
from nnstudio.ui.model.card_face import paint_tile
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import column, label, row


class LayerPanel(QWidget):
    """A heading with the layer's sign and one sentence, and its settings.

    Signals:
        edited(setting, value): A person changed a setting of the layer shown.
    """

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = _Tile()
        self._title = label(size="strong")
        self._words = label(role="text_2", size="caption", wrap=True)
        self.form = SettingsForm()
        self.form.edited.connect(self.edited)
        self._none = label(
            "Select a layer to see its settings, or add one from the list at the left.",
            role="text_2",
            wrap=True,
        )
        self._heading = QWidget()
        self._heading.setLayout(row(self._tile, column(self._title, self._words, space=1), space=10))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        for widget in (self._heading, self.form, self._none):
            layout.addWidget(widget)

    def show_layer(self, layer: Layer | None) -> None:
        """Show the settings of ``layer``; None shows a hint."""
        self._heading.setVisible(layer is not None)
        self.form.setVisible(layer is not None)
        self._none.setVisible(layer is None)
        if layer is not None:
            self._tile.show_kind(type(layer))
            self._title.setText(type(layer).__name__)
            self._words.setText(layer.one_line())
            self.form.show_owner(layer)

    def take_focus(self) -> None:
        """Go to the first setting, as Enter on a card does."""
        self.form.take_focus()

    def show_refusal(self, setting: str, value: Any, sentence: str) -> None:
        """Say below the row why ``value`` was refused."""
        self.form.show_problem(setting, sentence)


class _Tile(QWidget):
    """The sign of a kind of layer."""

    def __init__(self) -> None:
        super().__init__()
        self._kind: type[Layer] | None = None
        self.setFixedSize(QSize(32, 32))

    def show_kind(self, kind: type[Layer]) -> None:
        """Show another kind."""
        self._kind = kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._kind is not None:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_tile(painter, self.rect(), self._kind)

"""NumberField: a spin box for one input of a row, with steps that fit what the training part has."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal

from nnstudio.data.new_row import RowField
from nnstudio.settings import Setting
from nnstudio.ui.boxes import NumberBox

_MOST = 1e12


class NumberField(NumberBox):
    """Numbers are float32, as the network takes them; what is shown is kept until a person changes it.

    Signals:
        edited(): A person changed the number.
    """

    edited = Signal()

    def __init__(self, field: RowField) -> None:
        super().__init__(Setting("", 0.0, name=field.name, kind=float))
        self.setRange(-_MOST, _MOST)
        self.setSingleStep(field.step)
        self.number = 0.0
        self.valueChanged.connect(self._take)

    def show_value(self, value: float) -> None:
        """Show a number; emits nothing."""
        self.number = value
        before = self.blockSignals(True)
        self.setValue(float(f"{value:.7g}"))
        self.blockSignals(before)

    def _take(self, value: float) -> None:
        self.number = float(np.float32(value))
        self.edited.emit()

"""RunLegend: which other runs the plots show; a click on one hides or shows its curves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from nnstudio.experiments.run import Run
from nnstudio.ui.training.run_colors import run_color, swatch
from nnstudio.ui.widgets import button, label, row

_MOST_LETTERS = 24
_TIP = (
    "Its curves are dashed for validation and thin for training. Click to hide them, and again to show them."
)


class RunLegend(QWidget):
    """A button per run in its colour; nothing where there are none.

    Signals:
        changed(): A person hid or showed a run.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[Run] = []
        self._hidden: set[str] = set()
        self.keys: list[QPushButton] = []
        self._row = row(label("Beside it", role="text_2"), None, space=4)
        self.setLayout(self._row)
        self.hide()

    @property
    def runs(self) -> list[Run]:
        """The runs whose curves are to be drawn."""
        return [run for run in self._runs if run.key not in self._hidden]

    def show_runs(self, runs: list[Run]) -> None:
        """Show these runs; one that comes anew is not hidden."""
        same = [_looks(run) for run in runs] == [_looks(run) for run in self._runs]
        self._hidden &= {run.key for run in runs}
        self._runs = runs
        if same:  # there is only more of them
            return
        for key in self.keys:
            key.hide()
            key.deleteLater()
        self.keys = []
        for place, run in enumerate(runs):
            key = button(_shortened(run.name), kind="ghost", tip=_TIP)
            key.setCheckable(True)
            key.setChecked(run.key not in self._hidden)
            key.setProperty("run", run.key)
            key.setIcon(swatch(run_color(run.color)))
            key.toggled.connect(self._toggle)
            self.keys.append(key)
            self._row.insertWidget(1 + place, key)
        self.setVisible(bool(runs))

    def _toggle(self, shown: bool) -> None:
        key = self.sender().property("run")
        if shown:
            self._hidden.discard(key)
        else:
            self._hidden.add(key)
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "keys"):
            for key, run in zip(self.keys, self._runs, strict=True):
                key.setIcon(swatch(run_color(run.color)))


def _looks(run: Run) -> tuple[str, str, int]:
    return run.key, run.name, run.color


def _shortened(name: str) -> str:
    name = name.replace("&", "&&")
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"

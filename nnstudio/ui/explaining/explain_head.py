"""ExplainHead: what is explained, with which weights, and how far that is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from nnstudio.ui.widgets import button, label, row

_BAR_PX = (90, 8)


class ExplainHead(QWidget):
    """One row above the explanation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = button("Back", kind="small", tip="Back to what was explained before (Alt+Left)")
        self.title = label(size="title")
        self.weights = label(role="text_2", size="small")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(*_BAR_PX)
        self.bar.setAccessibleName("Explaining")
        self.cancel = button("Cancel", kind="small", tip="Stop explaining; what is shown stays")
        for one in (self.back, self.cancel):
            one.setAutoDefault(False)
        self.setLayout(row(self.back, self.title, None, self.bar, self.cancel, self.weights, space=10))
        self.show_work(None)

    def show_subject(self, title: str, back: bool) -> None:
        """Show what is explained, and whether there is something to go back to."""
        self.title.setText(title)
        self.back.setVisible(back)

    def show_weights(self, epoch: float | None) -> None:
        """Say after how many epochs the weights stood that are explained; None where they never trained."""
        self.weights.setText("Untrained weights" if epoch is None else f"Weights after epoch {epoch:.4g}")

    def show_work(self, share: float | None) -> None:
        """Show which share of the work is done; None where nothing is under way."""
        self.bar.setVisible(share is not None)
        self.cancel.setVisible(share is not None)
        self.bar.setValue(round(100 * (share or 0.0)))

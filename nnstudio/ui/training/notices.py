"""Notices: what a person should know about the run shown, above its curves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.widgets import button, label, panel

_SIGN_PX = 16
_SAMPLE_WORDS = (
    "The sample has 4,000 images to learn from: 93 to 94 % of its test images come out right. "
    "With the 60,000 of the complete MNIST the same network reaches about 98 %."
)


class Notices(QWidget):
    """Two lines that come and go.

    Signals:
        full_mnist_wanted(): A person wants to open the complete MNIST.
    """

    full_mnist_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dismissed = False
        self._changed_words = label(wrap=True)
        self._changed = _notice("warning", self._changed_words)
        open_full = button("Open all 60,000 …", kind="small")
        open_full.setToolTip("Open the four files of MNIST, or Keras' mnist.npz, or their folder")
        close = button("", kind="ghost", icon_name="close", tip="Hide this")
        self._sample = _notice("info", label(_SAMPLE_WORDS, wrap=True), open_full, close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._changed)
        layout.addWidget(self._sample)
        open_full.clicked.connect(self.full_mnist_wanted)
        close.clicked.connect(self._dismiss)
        self.show_state()

    def show_state(self) -> None:
        """Show the notices that hold now."""
        note = words.run_note(self._session)
        self._changed_words.setText(note)
        self._changed.setVisible(bool(note))
        sample = isinstance(self._session.dataset.recipe.source, MnistSample)
        self._sample.setVisible(sample and self._session.trained and not self._dismissed and not note)
        self.setVisible(self._changed.isVisibleTo(self) or self._sample.isVisibleTo(self))

    def _dismiss(self) -> None:
        self._dismissed = True
        self.show_state()


def _notice(icon_name: str, words_label: QLabel, *buttons: QPushButton) -> QWidget:
    ground = panel("warning" if icon_name == "warning" else "card")
    sign = _Sign(icon_name, "warning" if icon_name == "warning" else "accent")
    layout = QHBoxLayout(ground)
    layout.setContentsMargins(12, 7, 8, 7)
    layout.setSpacing(10)
    layout.addWidget(sign)
    layout.addWidget(words_label, 1)
    for one in buttons:
        layout.addWidget(one)
    return ground


class _Sign(QWidget):
    """An icon that follows the theme."""

    def __init__(self, icon_name: str, role: str) -> None:
        super().__init__()
        self._icon_name, self._role = icon_name, role
        self.setFixedSize(_SIGN_PX, _SIGN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_icon(painter, self._icon_name, QRectF(self.rect()), theme.current().color(self._role))

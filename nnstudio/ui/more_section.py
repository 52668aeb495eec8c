"""MoreSection: what few people need, behind a button that shows and hides it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nnstudio.ui.icons import icon
from nnstudio.ui.widgets import button


class MoreSection(QWidget):
    """A button, and below it what was put into ``inside``.

    Signals:
        toggled(open): A person opened or closed it.
    """

    toggled = Signal(bool)

    def __init__(self, title: str = "More") -> None:
        super().__init__()
        self._title = title
        self.head: QPushButton = button(title, kind="disclosure", icon_name="chevron_right")
        self.head.setCheckable(True)
        self.head.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        self._body = QWidget()
        self.inside = QVBoxLayout(self._body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self._body)
        self.show_open(False)
        self.head.clicked.connect(self._clicked)

    @property
    def is_open(self) -> bool:
        """Whether what is inside can be seen."""
        return self.head.isChecked()

    def show_open(self, wanted: bool) -> None:
        """Open or close it; emits nothing."""
        self.head.setChecked(wanted)
        self.head.setIcon(icon("chevron_down" if wanted else "chevron_right", "text_2"))
        self._body.setVisible(wanted)

    def show_note(self, note: str) -> None:
        """Say something beside the title, such as how much inside was changed."""
        self.head.setText(f"{self._title}: {note}" if note else self._title)

    def _clicked(self, wanted: bool) -> None:
        self.show_open(wanted)
        self.toggled.emit(wanted)

"""MainWindow: menu bar, stages, pages and status bar; shown empty at once and filled when all is ready."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from nnstudio.ui.life_cycle_bar import LifeCycleBar
from nnstudio.ui.widgets import action_button, chain_focus, label, panel, row

STAGES = (("Data", "data"), ("Model", "model"), ("Training", "training"), ("Prediction", "prediction"))
_HEADER_PX = 56
_LEAST_SIZE = QSize(1024, 640)
_FIRST_SIZE = QSize(1440, 900)
_FRAME_PX = 40  # what a window manager may add around


class MainWindow(QMainWindow):
    """The frame around the tabs; what they do is none of its business.

    Signals:
        dropped(path): A person dropped a file or folder on the window.
        closing(event): The window is asked to close; whoever listens may refuse.
    """

    dropped = Signal(str)
    closing = Signal(QCloseEvent)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("nnstudio[*]")
        self.setMinimumSize(_LEAST_SIZE)
        self.setAcceptDrops(True)
        self.stages = LifeCycleBar()
        for title, icon_name in STAGES:
            self.stages.add_stage(title, icon_name)
        self.pages = QStackedWidget()
        self.stages.currentChanged.connect(self.pages.setCurrentIndex)
        self._header_tools = row(space=4)
        self.setCentralWidget(self._frame())
        self._waiting = label("Opening the example …", role="text_2")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self._waiting)
        self._status = label(role="text_2", size="caption")
        self.statusBar().setSizeGripEnabled(False)
        self._status_row = row(self._status, None, space=10, margins=(10, 0, 0, 0))
        status = QWidget()
        status.setLayout(self._status_row)
        self.statusBar().addWidget(status, 1)
        self.menuBar().addMenu("&File")  # the bar has its height from the first paint on

    def show_at(self, geometry: QByteArray) -> None:
        """Show the window where it was last; at first in a good size, or filling a smaller screen."""
        if self.restoreGeometry(geometry):
            self.show()
        elif self.screen().availableSize().width() < _FIRST_SIZE.width() + _FRAME_PX:
            self.showMaximized()
        else:
            self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() - QSize(_FRAME_PX, _FRAME_PX)))
            self.show()

    def show_pages(self, pages: list[QWidget]) -> None:
        """Replace the waiting page by the tabs."""
        self.pages.removeWidget(self._waiting)
        self._waiting.deleteLater()
        for page in pages:
            self.pages.addWidget(page)
        self.pages.setCurrentIndex(self.stages.currentIndex())

    def show_tools(self, actions: list[QAction], main_action: QAction) -> QToolButton:
        """Put actions and the main button at the right of the stages; return the main button."""
        buttons = [action_button(action) for action in actions]
        for tool in buttons:
            self._header_tools.addWidget(tool)
        main = action_button(main_action, kind="primary", text=True)
        main.setProperty("extent", "media")
        main.setMinimumWidth(136)
        self._header_tools.addSpacing(12)
        self._header_tools.addWidget(main)
        chain_focus(self.stages, *buttons, main)  # Tab goes through the header before the pages
        return main

    def show_status(self, text: str) -> None:
        """Say what is happening, at the left of the status bar."""
        self._status.setText(text)

    def add_beside_status(self, widget: QWidget) -> None:
        """Put a widget behind what is said at the left of the status bar."""
        self._status_row.insertWidget(1, widget)

    def add_status(self, widget: QWidget) -> None:
        """Add a fact at the right of the status bar."""
        self.statusBar().addPermanentWidget(widget)

    def _frame(self) -> QWidget:
        header = panel("window")
        header.setFixedHeight(_HEADER_PX)
        header.setLayout(row(self.stages, None, self._header_tools, space=8, margins=(8, 8, 12, 0)))
        self._header_tools.setContentsMargins(0, 0, 0, 8)
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(header)
        layout.addWidget(self.pages, 1)
        return frame

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        for url in event.mimeData().urls()[:1]:
            event.acceptProposedAction()
            self.dropped.emit(url.toLocalFile())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.closing.emit(event)

"""PadPanel: draw a digit, see what the network sees of it, and what it makes of that at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedLayout, QWidget

from nnstudio.data.arrays import Array, Bytes
from nnstudio.data.digits import digit_from_strokes, digit_on_pad
from nnstudio.data.own_picture import OwnPicture
from nnstudio.data.picture_parts import fitted, parts_of
from nnstudio.session.session import Session
from nnstudio.ui.prediction.drawing_pad import LEAST_PX, MOST_PX, DrawingPad
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.guess import Guess, guess_of
from nnstudio.ui.prediction.guess_view import GuessView
from nnstudio.ui.prediction.keep_row import KeepRow
from nnstudio.ui.prediction.own_picture_view import OwnPictureView
from nnstudio.ui.prediction.pad_obstacle import obstacle_for
from nnstudio.ui.prediction.pad_tools import PadTools
from nnstudio.ui.prediction.picture_entry import PictureEntry
from nnstudio.ui.prediction.seen_view import SEEN_PX, SeenView
from nnstudio.ui.prediction.sketch import PAD
from nnstudio.ui.widgets import column, label, row, rule, scrolled

WIDTH_PX = 328
_GAP_PX = 12
_MARGIN_PX = 16
_TITLE_PX = 26
_COALESCE_MS = 8
_NOTHING_DRAWN = "Draw, and the network guesses while you do."
_NO_CLASSES = "These outputs cannot be read as classes: the network has to be trained anew."
_NO_NETWORK = "The model has a problem, so nothing can be predicted."


class PadPanel(QFrame):
    """Holds no state but the drawing; the weights are those of the session.

    Signals:
        stage_asked(title): A person wants to go to the tab called so.
    """

    stage_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setMinimumWidth(WIDTH_PX)
        self._session = session
        self._snapshot = session.snapshot
        self._erases = False
        self._own: OwnPicture | None = None
        self._threshold: float | None = None
        self._timer = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.pad = DrawingPad()
        self.tools = PadTools()
        self.keep = KeepRow(self._session, self.pad)
        self.seen = SeenView()
        self.guess = GuessView(explains=True)
        self.own = OwnPictureView()
        self.pictures = PictureEntry(self._session.pictures, self)
        self.obstacle = EmptyState()
        body = QWidget()
        lower = column(self.guess, None, margins=(_MARGIN_PX, 8, _MARGIN_PX, 12))
        body.setLayout(column(self._upper(), rule(), lower, None, space=0))
        self._pages = QStackedLayout(self)
        area = scrolled(body)
        for ground in (area.viewport(), body):
            ground.setAutoFillBackground(False)
        self._pages.addWidget(area)
        self._pages.addWidget(self.obstacle)

    def _upper(self) -> QBoxLayout:
        title = label("Draw a digit", size="strong")
        title.setFixedHeight(_TITLE_PX)
        self._drawing = QWidget()
        beside = row(self.pad, self.seen, None, space=_GAP_PX)
        self._drawing.setLayout(column(title, beside, self.tools, self.keep, space=8))
        self.own.hide()
        return column(self._drawing, self.own, space=0, margins=(_MARGIN_PX, 12, _MARGIN_PX, 12))

    def _connect(self) -> None:
        self.pad.drawn.connect(self._drawn)
        self.pad.tool_edited.connect(self._take_tool)
        self.tools.tool_edited.connect(self._take_tool)
        self.tools.undo_pressed.connect(self.pad.undo)
        self.tools.redo_pressed.connect(self.pad.redo)
        self.tools.clear_pressed.connect(self.pad.clear)
        self.tools.picture_pressed.connect(self.pictures.ask)
        self.pad.paste_wanted.connect(self.pictures.paste)
        self.pictures.refused.connect(self._session.told)
        self.own.closed.connect(self._draw_again)
        self._session.pictures.opened.connect(self._show_own)
        self.seen.centring_edited.connect(self._predict)
        self.obstacle.pressed.connect(self._ask_for_data)
        self._timer.timeout.connect(self._predict)
        session = self._session
        for changed in (session.weights_changed, session.dataset_changed, session.run_changed):
            changed.connect(self._weights_changed)
        session.document.changed.connect(self._weights_changed)
        self._show_tools()

    def show_threshold(self, threshold: float | None) -> None:
        """Read two classes by another threshold; None is that of the network."""
        self._threshold = threshold
        self._session.drawing_test.read_at(threshold)
        self._weights_changed()

    def _drawn(self) -> None:
        self._show_tools()
        if not self._timer.isActive():
            self._timer.start()

    def _take_tool(self, erases: bool) -> None:
        self._erases = erases
        self.pad.show_tool(erases)
        self._show_tools()

    def _show_tools(self) -> None:
        pad = self.pad
        self.tools.show_state(self._erases, pad.can_undo, pad.can_redo, bool(pad.strokes))

    def _weights_changed(self) -> None:
        """Predict anew; what is hidden waits until it is shown."""
        if not self.isVisible():
            return
        self._snapshot = self._session.snapshot
        reason = self._reason()
        self._pages.setCurrentIndex(1 if reason else 0)
        if reason:
            self.obstacle.show_reason("pencil", reason, "Choose data")
        else:
            self._predict()

    def _reason(self) -> str:
        facts, snapshot = self._session.dataset.facts, self._snapshot
        return obstacle_for(facts, facts.sample_shape if snapshot is None else snapshot.input_shape)

    def _predict(self) -> None:
        image = self._image()
        names = self._session.dataset.class_names
        if image is None:
            self.seen.show_picture(None)
            self.guess.show_guess(None, names, _NOTHING_DRAWN)
            return
        self.seen.show_picture(self._fitted(image), parts_of(image))
        guess = self._guess(self._fitted(image))
        self.guess.show_guess(guess, names, _NO_NETWORK if self._snapshot is None else _NO_CLASSES)

    def _show_own(self, picture: OwnPicture) -> None:
        """Show a picture in place of the drawing, which stays for later."""
        self._own = picture
        self.own.show_picture(picture)
        self._drawing.hide()
        self.own.show()
        self._predict()

    def _draw_again(self) -> None:
        self._own = None
        self.own.hide()
        self._drawing.show()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self._predict()

    def _image(self) -> Bytes | None:
        """Return the picture that is shown, or the digit that is drawn; None where nothing is."""
        if self._own is not None:
            return self._own.image
        strokes = self.pad.strokes
        drawing = digit_from_strokes(strokes) if self.seen.centred.isChecked() else digit_on_pad(strokes, PAD)
        return None if drawing is None else drawing.image

    def _fitted(self, image: Bytes) -> Array:
        found = None if self._snapshot is None else fitted(image, self._snapshot.input_shape)
        return image if found is None else found

    def _guess(self, image: Array) -> Guess | None:
        session = self._session
        if session.running:
            self._snapshot = session.snapshot  # newer than the last that was told
        if self._snapshot is None:
            return None
        outputs = session.pad.predict(self._snapshot, image, session.dataset.scaler)
        names, boundary = session.dataset.class_names, self._snapshot.design.loss.boundary
        return None if outputs is None else guess_of(outputs, names, boundary, self._threshold)

    def _ask_for_data(self) -> None:
        self.stage_asked.emit("Data")

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH_PX, 600)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._weights_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        side = self.width() - 2 * _MARGIN_PX - _GAP_PX - SEEN_PX
        side = min(max(side, LEAST_PX), MOST_PX)
        self.pad.setFixedSize(side, side)

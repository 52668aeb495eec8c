"""KeepRow: names what is on the pad and adds it to the person's own drawings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from nnstudio.data.strokes import Stroke
from nnstudio.session.drawing_test import DrawingScore
from nnstudio.session.session import Session
from nnstudio.session.sketchbook import MOST_LETTERS, Kept
from nnstudio.ui.data.parts import article
from nnstudio.ui.prediction.drawing_pad import DrawingPad
from nnstudio.ui.widgets import button, column, label, row

_HINT = "What you add becomes data."
_SHOWN_LETTERS = 20  # more would push the button out of the panel
_TEST_TIP = "Test the network on my drawings. To train on them, with shifts and turns, open them as data."
_NO_LABEL = "Type what it is, such as 7."
_ICON = QSize(14, 14)


class KeepRow(QWidget):
    """A field, a button, and a line that tells what happened and takes it back.

    The pad is cleared when its drawing was added, for the next one; Ctrl+Z brings it back.
    """

    def __init__(self, session: Session, pad: DrawingPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sketchbook = sketchbook = session.sketchbook
        self._pad = pad
        self._kept: Kept | None = None
        self._on_its_way: tuple[Stroke, ...] = ()
        self._build()
        self.add.clicked.connect(self._add)
        self.field.returnPressed.connect(self._add)
        self.back.clicked.connect(self._go_back)
        pad.keep_wanted.connect(self._add)
        pad.drawn.connect(self._follow_ink)
        sketchbook.changed.connect(self._show_kept)
        sketchbook.counted.connect(self._show_count)
        self.test.clicked.connect(session.drawing_test.start)
        session.drawing_test.tested.connect(self._show_score)
        self._follow_ink()

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setPlaceholderText("Label")
        self.field.setAccessibleName("Label of the drawing")
        self.field.setMaxLength(MOST_LETTERS)
        self.add = button("Add to my drawings", icon_name="plus", tip="Keep this drawing (Enter)")
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the pad
        self.add.setIconSize(_ICON)
        self.note = label(_HINT, role="text_3", size="caption", wrap=True)
        self.back = button("Take back", kind="small")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.hide()
        self.test = button("Test", kind="small", icon_name="target", tip=_TEST_TIP)
        self.test.setAccessibleName("Test on my drawings")
        self.test.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.test.setIconSize(_ICON)
        self.test.hide()
        lower = row(self.note, self.back, self.test)
        lower.setStretch(0, 1)
        self.setLayout(column(row(self.field, self.add), lower, space=6))

    def _show_count(self, count: int) -> None:
        self.test.setVisible(count > 0)

    def _show_score(self, score: DrawingScore) -> None:
        self.back.hide()
        self.note.setText(score.words)

    def _follow_ink(self) -> None:
        self.add.setEnabled(bool(self._pad.strokes))

    def _add(self) -> None:
        """Add the drawing, where there is one; without a label the field asks for it."""
        strokes, words = self._pad.strokes, self.field.text().strip()
        if not strokes:
            return
        if words:
            self._on_its_way = strokes
            self._sketchbook.add(strokes, words)
        else:
            self.note.setText(_NO_LABEL)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kept(self, kept: Kept) -> None:
        """Tell what became of a drawing; what was drawn in the meantime stays on the pad."""
        self._kept = kept
        drawings = "1 drawing" if kept.count == 1 else f"{kept.count:,} drawings"
        self.note.setText(f"{_words(kept)}: {drawings}")
        self.back.setText("Take back" if kept.there else "Add again")
        self.back.show()
        if self._on_its_way and self._pad.strokes == self._on_its_way:
            self._pad.clear()
            self._pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_its_way = ()

    def _go_back(self) -> None:
        if self._kept is None:
            return
        if self._kept.there:
            self._sketchbook.take_back(self._kept)
        else:
            self._sketchbook.bring_back(self._kept)


def _words(kept: Kept) -> str:
    """Say what became of a drawing: "Added a 7", "Took back the 7", "Added “cat”"."""
    name = kept.label
    if name.isdecimal() and len(name) < _SHOWN_LETTERS:
        return f"Added {article(name)} {name}" if kept.there else f"Took back the {name}"
    short = name if len(name) <= _SHOWN_LETTERS else f"{name[: _SHOWN_LETTERS - 1]}…"
    return f"{'Added' if kept.there else 'Took back'} “{short}”"

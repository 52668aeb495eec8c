"""KeepRow: names a drawing and adds it to the person's own drawings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from nnstudio.session.sketchbook import MOST_LETTERS, Kept
from nnstudio.ui.data.parts import article
from nnstudio.ui.widgets import button, column, label, row

_HINT = "They become data to train and to test with."
_NO_LABEL = "Type what it is, such as 7."
_ICON = QSize(14, 14)


class KeepRow(QWidget):
    """A field, a button, and a line that tells what happened and takes it back.

    Signals:
        wanted(label): A person wants to keep the drawing under this name.
        taken_back(kept), brought_back(kept): A person does not want it after all, or does.
    """

    wanted = Signal(str)
    taken_back = Signal(object)
    brought_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: Kept | None = None
        self._inked = False
        self.field = QLineEdit()
        self.field.setPlaceholderText("Label, such as 7")
        self.field.setAccessibleName("Label of the drawing")
        self.field.setMaxLength(MOST_LETTERS)
        self.add = button("Add to my drawings", icon_name="plus", tip="Keep this drawing (Enter)")
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the pad
        self.add.setIconSize(_ICON)
        self.note = label(_HINT, role="text_3", size="caption", wrap=True)
        self.back = button("Take back", kind="small")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_place = self.back.sizePolicy()
        keep_place.setRetainSizeWhenHidden(True)  # nothing below may jump when it comes
        self.back.setSizePolicy(keep_place)
        self.back.hide()
        lower = row(self.note, self.back)
        lower.setStretch(0, 1)
        self.setLayout(column(row(self.field, self.add), lower, space=6))
        self.add.clicked.connect(self.ask)
        self.field.returnPressed.connect(self.ask)
        self.back.clicked.connect(self._go_back)
        self.show_inked(False)

    def show_inked(self, inked: bool) -> None:
        """Say whether there is something to keep."""
        self._inked = inked
        self.add.setEnabled(inked)

    def ask(self) -> None:
        """Keep the drawing, where there is one; without a label the field asks for it."""
        if not self._inked:
            return
        words = self.field.text().strip()
        if words:
            self.wanted.emit(words)
        else:
            self.note.setText(_NO_LABEL)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_kept(self, kept: Kept) -> None:
        """Tell what became of a drawing."""
        self._kept = kept
        what = f"{article(kept.label)} {kept.label}"
        drawings = "1 drawing" if kept.count == 1 else f"{kept.count:,} drawings"
        self.note.setText(f"{'Added' if kept.there else 'Took back'} {what}: {drawings}")
        self.back.setText("Take back" if kept.there else "Add again")
        self.back.show()

    def _go_back(self) -> None:
        if self._kept is not None:
            (self.taken_back if self._kept.there else self.brought_back).emit(self._kept)

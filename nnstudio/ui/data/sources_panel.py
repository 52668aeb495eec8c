"""SourcesPanel: what data can be opened, at the left of the tab."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnstudio.data.dataset import Dataset
from nnstudio.ui import theme
from nnstudio.ui.data.sources import OPEN_ROLE, SOURCE_ROLE, Index, Source, SourceModel
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import rounded, sized, text
from nnstudio.ui.widgets import button, column, label

_ROW_PX = 46
_ICON_PX = 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SourcesPanel(QFrame):
    """A button, the list and a hint.

    Signals:
        open_wanted(): A person wants to choose a file or folder.
        chosen(recipe): A person chose a data set of the list.
    """

    open_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.open_button = button("Open file or folder", icon_name="folder")
        self.open_button.clicked.connect(self.open_wanted)
        self.model = SourceModel(self)
        self.list = SourceList(self.model)
        self.list.clicked.connect(self._choose)
        caption = label("Digits and pictures", role="text_2", size="caption")
        hint = label("You can also drop files on the window.", role="text_3", size="caption", wrap=True)
        parts = (self.open_button, 4, caption, self.list, hint)
        self.setLayout(column(*parts, space=6, margins=(12, 12, 12, 12)))

    def show_dataset(self, dataset: Dataset) -> None:
        """Mark the data set that is open."""
        self.model.show_dataset(dataset)

    def _choose(self, index: QModelIndex) -> None:
        recipe = self.model.source(index).recipe
        if recipe is None:
            self.open_wanted.emit()
        elif not self.model.is_open(index):
            self.chosen.emit(recipe)


class SourceList(QListView):
    """The list; Enter and Space do what a click does."""

    def __init__(self, model: SourceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_SourceDelegate(self))
        self.setAccessibleName("Data sets")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _SourceDelegate(QStyledItemDelegate):
    """An icon, two lines, and a check mark at the one that is open."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, bool(index.data(OPEN_ROLE)))
        self._paint_words(painter, option, index.data(SOURCE_ROLE), bool(index.data(OPEN_ROLE)))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, is_open: bool) -> None:
        colors, box = theme.current(), option.rect.adjusted(0, 1, 0, -1)
        if is_open:
            rounded(painter, box, fill=colors.color("accent_soft"), radius=6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, box, fill=colors.color("hover"), radius=6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, box, line=colors.color("accent"), width=2, radius=6)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, source: Source, is_open: bool
    ) -> None:
        colors, box = theme.current(), option.rect
        sign = box.adjusted(9, 0, 0, 0).toRectF()
        sign.setSize(QSize(_ICON_PX, _ICON_PX).toSizeF())
        sign.moveTop(box.center().y() - _ICON_PX / 2)
        paint_icon(painter, source.icon_name, sign, colors.color("accent_strong" if is_open else "text_3"))
        words = box.adjusted(36, 4, -6, -4)
        high = words.height() // 2
        name, detail = words.adjusted(0, 0, -24 if is_open else 0, -high), words.adjusted(0, high, 0, 0)
        text(painter, name, source.name, colors.color("text"), font=sized(option.font, 10, is_open))
        text(painter, detail, source.detail, colors.color("text_2"), font=sized(option.font, 8.5))
        if is_open:
            sign.moveTopRight(QPointF(box.right() - 7, name.center().y() - _ICON_PX / 2 + 1))
            paint_icon(painter, "check", sign, colors.color("accent_strong"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(80, _ROW_PX)

"""PaletteList: the kinds of layers under the captions of their families."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from nnstudio.engine.layer import FAMILIES, Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.model.card_face import paint_tile
from nnstudio.ui.model.stack_model import LAYER_MIME
from nnstudio.ui.painting import rounded, sized, text

_ITEM_PX, _CAPTION_PX = 28, 32
_WORDS_FROM_PX = 80
CLASS_ROLE = Qt.ItemDataRole.UserRole


class LayerList(QListView):
    """The kinds that match the search."""

    def __init__(self) -> None:
        super().__init__()
        self.setModel(_PaletteModel(self))
        self.setItemDelegate(_ItemDelegate(self))
        self.setAccessibleName("Layers to add")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_matching(self, words: str) -> None:
        """Show the kinds whose name or description has ``words``."""
        model = self.model()
        assert isinstance(model, _PaletteModel)
        model.fill([kind for kind in LAYERS if words.lower() in f"{kind.__name__} {kind.one_line()}".lower()])

    def kinds(self) -> list[QModelIndex]:
        """Return the places of the kinds that are shown, from top to bottom."""
        places = (self.model().index(place, 0) for place in range(self.model().rowCount()))
        return [place for place in places if place.data(CLASS_ROLE) is not None]


class _PaletteModel(QStandardItemModel):
    """Captions and kinds."""

    def fill(self, kinds: Sequence[type[Layer]]) -> None:
        self.clear()
        for family, caption in FAMILIES.items():
            members = [kind for kind in kinds if kind.family == family]
            if members:
                heading = QStandardItem(caption)
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.appendRow(heading)
            for kind in members:
                item = QStandardItem(kind.__name__)
                item.setData(kind, CLASS_ROLE)
                item.setToolTip(f"{kind.__name__}: {kind.one_line()}")
                self.appendRow(item)

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [LAYER_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        kind = indexes[0].data(CLASS_ROLE)
        data.setData(LAYER_MIME, f"add\n{kind.__name__}".encode())
        return data


class _ItemDelegate(QStyledItemDelegate):
    """Paints a caption, or a tile with a name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(32, _ITEM_PX if index.data(CLASS_ROLE) is not None else _CAPTION_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colors, rect, kind = theme.current(), option.rect, index.data(CLASS_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind is None and rect.width() < _WORDS_FROM_PX:
            painter.fillRect(rect.left() + 5, rect.center().y() + 4, 20, 1, colors.color("line"))
        elif kind is None:
            font = sized(option.font, 9, bold=True)
            text(painter, rect.adjusted(4, 10, 0, 0), index.data(), colors.color("text_2"), font=font)
        else:
            _paint_item(painter, option, kind)
        painter.restore()


def _paint_item(painter: QPainter, option: QStyleOptionViewItem, kind: type[Layer]) -> None:
    colors, rect = theme.current(), option.rect
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if selected or hover:
        rounded(
            painter,
            rect.adjusted(0, 1, 0, -1),
            fill=colors.color("accent_soft" if selected else "hover"),
            radius=5,
        )
    paint_tile(painter, QRect(rect.left() + 5, rect.center().y() - 9, 20, 20), kind)
    text(
        painter,
        rect.adjusted(34, 0, -22 if hover else -2, 0),
        kind.__name__,
        colors.color("text"),
        font=sized(option.font, 10),
    )
    if hover:
        paint_icon(
            painter,
            "grip",
            QRect(rect.right() - 20, rect.center().y() - 7, 14, 14).toRectF(),
            colors.color("text_3"),
        )

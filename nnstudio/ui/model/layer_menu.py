"""LayerMenu: the kinds of layers as a menu, by their families."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from nnstudio.engine.layer import FAMILIES
from nnstudio.engine.layers import LAYERS
from nnstudio.ui.icons import icon
from nnstudio.ui.layer_icons import layer_icon


def layer_menu(parent: QWidget) -> QMenu:
    """Return a menu whose actions have the class name of a kind of layer as their data."""
    menu = QMenu(parent)
    for family, caption in FAMILIES.items():
        kinds = [kind for kind in LAYERS if kind.family == family]
        part = menu.addMenu(caption) if len(kinds) > 1 else menu
        for kind in kinds:
            action = part.addAction(icon(layer_icon(kind), "text_2"), kind.__name__)
            action.setData(kind.__name__)
            action.setToolTip(kind.one_line())
        part.setToolTipsVisible(True)
    return menu

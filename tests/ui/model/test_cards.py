"""Cards: the main settings of every kind, as many as there is room for, and pictures for every layer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nnstudio.engine.layer import FAMILIES, Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.settings import settings_of
from nnstudio.ui.layer_icons import LAYER_SHAPES, layer_icon
from nnstudio.ui.model.card_fields import Field, lay_out_fields
from nnstudio.ui.model.card_layout import lay_out_card
from nnstudio.ui.model.layer_menu import layer_menu
from tests.ui.kitchen import Kitchen

KITCHEN = Kitchen(trays=12, size=(5, 7))


def fields(width: int, owner: object = KITCHEN) -> tuple[Field, ...]:
    return lay_out_fields(owner, QRect(0, 0, width, 56), QFont())  # type: ignore[arg-type]


def test_fields_show_their_values_in_words(qapp: QApplication) -> None:
    assert [field.words for field in fields(600)] == ["12", "bake", "5 × 7"]
    assert all(field.box.right() <= 600 for field in fields(600))


def test_units_go_before_fields_do_and_nothing_stands_outside(qapp: QApplication) -> None:
    wide = fields(600)
    assert not wide[0].unit.isEmpty()
    total = wide[-1].box.right()
    assert len(fields(total)) == 3 and fields(total - 1)[0].unit.isEmpty()
    for width in range(0, total, 7):
        shown = fields(width)
        assert all(max(field.box.right(), field.unit.right()) <= width for field in shown)
    assert fields(10) == ()


def test_fields_do_not_overlap(qapp: QApplication) -> None:
    for first, second in zip(fields(600), fields(600)[1:], strict=False):
        assert first.box.right() < first.unit.left() and first.unit.right() < second.box.left()


def test_a_longer_value_gets_a_wider_field(qapp: QApplication) -> None:
    short, long = fields(600, replace(KITCHEN, trays=1)), fields(600, replace(KITCHEN, trays=1_000_000_000))
    assert long[0].box.width() > short[0].box.width()


@pytest.mark.parametrize("width", [592, 664, 760])
@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_nothing_on_a_card_overlaps(qapp: QApplication, kind: type[Layer], width: int) -> None:
    card = lay_out_card(QRect(0, 0, width + 32, 72), kind(name="layer"), None, QFont())
    assert card.type.right() < card.middle.left()
    main = [declared for declared in settings_of(kind) if declared.main]
    assert bool(card.fields) == bool(main)
    for field in card.fields:
        assert field.box.left() >= card.middle.left() and field.box.right() <= card.middle.right()
    assert card.middle.right() <= card.shape.left()


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_every_layer_has_a_drawing_of_its_own(kind: type[Layer]) -> None:
    assert layer_icon(kind) == kind.__name__


def test_no_drawing_is_left_without_a_layer() -> None:
    assert set(LAYER_SHAPES) - {"layer"} == {kind.__name__ for kind in LAYERS}


def test_a_layer_without_a_drawing_shows_that_of_its_family() -> None:
    for family in FAMILIES:
        assert layer_icon(type("Odd", (Layer,), {"family": family})) in LAYER_SHAPES


def test_the_menu_has_every_layer_once_under_its_family(qapp: QApplication) -> None:
    parent = QWidget()
    menu = layer_menu(parent)
    actions = [action for action in menu.findChildren(QAction) if action.data()]
    assert sorted(action.data() for action in actions) == sorted(kind.__name__ for kind in LAYERS)
    captions = [part.title() for part in menu.findChildren(QMenu)]
    families = [kind.family for kind in LAYERS]
    assert captions == [FAMILIES[family] for family in FAMILIES if families.count(family) > 1]

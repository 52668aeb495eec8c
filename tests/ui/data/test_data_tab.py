"""The data tab: look at the data, filter them, open others and undo that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.data import tiles
from nnstudio.ui.data.data_tab import DataTab
from nnstudio.ui.data.facts_panel import FactsPanel
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.rows_view import RowsView
from tests.data.makers import write_idx_set
from tests.ui.data.makers import made_up, table


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    tab = DataTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(model, fatal)
        for model in (tab.browser.thumbnails.thumbnails, tab.browser.rows.rows, tab.sources.model)
    ]
    yield tab
    testers.clear()


def press(qtbot: QtBot, tab: DataTab, text: str) -> None:
    found = [one for one in tab.findChildren(QAbstractButton) if one.text() == text and one.isVisible()]
    assert len(found) == 1
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


@pytest.fixture
def open_dataset(qtbot: QtBot, session: Session, tmp_path: Path) -> Callable[[Dataset], None]:
    """Open a data set the way a person does: as a file."""

    def open_it(dataset: Dataset) -> None:
        path = tmp_path / f"{dataset.name}.npz"
        training, test = dataset.training, dataset.test
        np.savez(path, x_train=training.x, y_train=training.y, x_test=test.x, y_test=test.y)
        with qtbot.waitSignal(session.dataset_changed):
            session.open_path(path)

    return open_it


def shown_classes(tab: DataTab) -> set[int]:
    model = tab.browser.thumbnails.thumbnails
    assert model.part is not None
    return {int(model.part.samples.y[model.sample_at(row)]) for row in range(model.rowCount())}


def click_source(qtbot: QtBot, tab: DataTab, name: str) -> None:
    tab.sources.list.scrollTo(tab.sources.model.index_of(name))
    point = tab.sources.list.visualRect(tab.sources.model.index_of(name)).center()
    qtbot.mouseClick(tab.sources.list.viewport(), Qt.MouseButton.LeftButton, pos=point)


def source_names(tab: DataTab) -> list[str]:
    return [row.name for row in tab.sources.model.rows]


def open_sources(tab: DataTab) -> list[str]:
    model = tab.sources.model
    return [row.name for row in model.rows if model.is_open(model.index_of(row.name))]


def test_the_sample_is_open_and_everything_about_it_shows(tab: DataTab) -> None:
    assert tab.browser.title == "MNIST sample"
    assert open_sources(tab) == ["MNIST sample"]
    assert tab.browser.thumbnails.thumbnails.rowCount() == 320
    assert sum(tab.facts.classes.counts) == 320
    assert tab.facts.means.means is not None and tab.facts.means.means.shape == (10, 28, 28)
    assert tab.facts.values.values is not None
    assert "81 %" in tab.facts.caption("Values")
    assert "last 100 of each digit" in tab.facts.notes


def test_a_class_button_shows_that_class_alone(qtbot: QtBot, tab: DataTab) -> None:
    press(qtbot, tab, "4")
    assert shown_classes(tab) == {4}
    assert tab.browser.status.text().endswith("training images of class 4")
    press(qtbot, tab, "All")
    assert shown_classes(tab) == set(range(10))


def test_test_shows_the_test_images_and_their_facts(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    press(qtbot, tab, "Test")
    model = tab.browser.thumbnails.thumbnails
    assert model.part is not None and model.part.samples is session.dataset.test
    assert model.rowCount() == 100
    assert tab.facts.caption("Classes") == "test images"
    assert sum(tab.facts.classes.counts) == 100


def test_validation_is_the_tail_of_training(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    press(qtbot, tab, "Validation")
    part = tab.browser.part
    assert np.array_equal(part.samples.x, session.dataset.training.x[320:])
    assert part.words(0).startswith("Image 320, ")
    plan = replace(session.document.study.plan, validation_split=0.5)
    session.document.edit_plan("validate half", plan)
    assert tab.browser.thumbnails.thumbnails.rowCount() == 200
    session.document.undo_stack.undo()
    assert tab.browser.thumbnails.thumbnails.rowCount() == 80


def test_without_a_validation_split_the_tab_says_so(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    session.document.edit_plan("none", replace(session.document.study.plan, validation_split=0.0))
    press(qtbot, tab, "Validation")
    assert tab.browser.empty.isVisible() and "validation split" in tab.browser.empty.sentence
    assert tab.facts.caption("Values") == ""
    press(qtbot, tab, "Show all that train")
    assert tab.browser.thumbnails.isVisible()
    assert tab.browser.thumbnails.thumbnails.rowCount() == 400


def test_a_click_on_an_image_says_what_it_is(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    view = tab.browser.thumbnails
    point = view.visualRect(view.thumbnails.index(3)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    name = session.dataset.class_names[int(session.dataset.training.y[3])]
    assert tab.browser.status.text() in (f"Image 3, a {name}, training", f"Image 3, an {name}, training")
    accessible = view.thumbnails.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert accessible == f"Image 3: {name}"
    assert view.selectionModel().isSelected(view.thumbnails.index(3))


def test_the_keyboard_walks_through_the_images(qtbot: QtBot, tab: DataTab) -> None:
    view = tab.browser.thumbnails
    view.setCurrentIndex(view.thumbnails.index(0))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert view.currentIndex().row() == 1 + view.grid.columns
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 319
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert (view.currentIndex().row(), view.verticalOffset()) == (0, 0)


def test_the_slider_changes_the_size_of_the_images(tab: DataTab) -> None:
    columns = tab.browser.thumbnails.grid.columns
    tab.browser.size_slider.setValue(112)
    view = tab.browser.thumbnails
    assert view.visualRect(view.thumbnails.index(0)).width() == 112
    assert view.grid.columns < columns


def test_opened_files_show_and_undo_brings_the_sample_back(
    qtbot: QtBot, tab: DataTab, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(write_idx_set(folder))
    assert "letters" in source_names(tab) and open_sources(tab) == ["letters"]
    assert tab.browser.title == "letters"
    assert tab.browser.thumbnails.thumbnails.rowCount() == 96
    assert sum(tab.facts.classes.counts) == 96
    session.document.undo_stack.undo()
    assert tab.browser.title == "MNIST sample"
    assert open_sources(tab) == ["MNIST sample"] and "letters" in source_names(tab)
    assert sum(tab.facts.classes.counts) == 320
    with qtbot.waitSignal(session.dataset_changed):
        click_source(qtbot, tab, "letters")
    assert session.dataset.name == "letters"


def test_the_button_asks_for_a_file(qtbot: QtBot, tab: DataTab) -> None:
    with qtbot.waitSignal(tab.open_wanted):
        qtbot.mouseClick(tab.sources.open_button, Qt.MouseButton.LeftButton)


def test_another_scaling_is_one_step_that_can_be_undone(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    combo = tab.facts.forms.preparation.editor("scaling").field
    assert isinstance(combo, QComboBox)
    with qtbot.waitSignal(session.dataset_changed):
        combo.setFocus()
        qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert session.document.study.recipe.preparation.scaling == "none"
    assert source_names(tab).count("MNIST sample") == 1
    session.document.undo_stack.undo()
    assert combo.currentText() == "0 to 1"


def test_47_classes_are_in_a_list_and_all_of_them_have_a_bar(
    qtbot: QtBot, tab: DataTab, session: Session, open_dataset: Callable[[Dataset], None]
) -> None:
    open_dataset(made_up(47, (28, 28)))
    combo = tab.browser.classes.combo
    assert combo.isVisible() and combo.count() == 48 and not tab.browser.classes.buttons
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_End)
    assert shown_classes(tab) == {46}
    assert len(tab.facts.classes.counts) == 47
    session.document.undo_stack.undo()
    assert not combo.isVisible() and len(tab.browser.classes.buttons) == 11
    assert shown_classes(tab) == set(range(10))


def test_tables_are_shown_as_rows(
    qtbot: QtBot, tab: DataTab, session: Session, open_dataset: Callable[[Dataset], None]
) -> None:
    open_dataset(table())
    view = tab.browser.rows
    assert isinstance(view, RowsView) and view.isVisible()
    assert (view.rows.rowCount(), view.rows.columnCount()) == (64, 6)
    press(qtbot, tab, "2")
    assert {view.rows.index(row, 0).data() for row in range(view.rows.rowCount())} == {"2"}
    view.selectRow(0)
    assert tab.browser.status.text().endswith("a 2, training")
    assert not tab.facts.means.isVisible()


def test_the_chosen_row_is_soft_in_both_themes(
    qapp: QApplication, tab: DataTab, open_dataset: Callable[[Dataset], None]
) -> None:
    open_dataset(table())
    view = tab.browser.rows
    view.selectRow(0)
    point = view.visualRect(view.rows.index(0, 1)).topLeft()

    def ground() -> str:
        QApplication.processEvents()
        return view.viewport().grab().toImage().pixelColor(point.x() + 3, point.y() + 4).name().upper()

    assert ground() == theme.LIGHT.accent_soft
    theme.apply(qapp, theme.DARK)
    try:
        assert ground() == theme.DARK.accent_soft
    finally:
        theme.apply(qapp, theme.LIGHT)


def test_a_long_name_is_cut_and_never_wider_than_its_place(
    tab: DataTab, open_dataset: Callable[[Dataset], None]
) -> None:
    named = made_up(3, (8, 8), source="a folder with " + "a very long name " * 12)
    open_dataset(named)
    title = tab.browser.head.title
    assert tab.browser.title == named.name and title.toolTip() == named.name
    assert title.text().endswith("…")
    assert title.fontMetrics().horizontalAdvance(title.text()) <= tab.browser.width()


def test_where_class_names_are_long_their_indices_stand_in_the_corners(tab: DataTab) -> None:
    corners: list[str] = []
    names = ("bag", "ankle boot")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "text", lambda painter, box, words, color, **more: corners.append(words))
        pixmap = QPixmap(112, 112)
        with QPainter(pixmap) as painter:
            for side, name in ((48, "bag"), (48, "ankle boot"), (112, "ankle boot")):
                tiles.paint_corner(painter, QRect(0, 0, side, side), name, names, tab.font())
    assert corners == ["0", "1", "ankle boot"]


def test_colour_images_show(tab: DataTab, open_dataset: Callable[[Dataset], None]) -> None:
    open_dataset(made_up(3, (32, 24, 3)))
    assert not tab.browser.grab().toImage().isNull()
    assert tab.facts.means.means is not None and tab.facts.means.means.shape == (3, 32, 24, 3)


def test_a_large_part_is_measured_in_the_background_and_outdated_results_never_show(
    qtbot: QtBot, tab: DataTab, session: Session, open_dataset: Callable[[Dataset], None]
) -> None:
    open_dataset(made_up(10, (28, 28), 24_000))
    facts: FactsPanel = tab.facts
    assert facts.values.values is None and facts.means.means is None
    old = tab.browser.part
    press(qtbot, tab, "Test")
    assert facts.values.values is not None
    test_values = facts.values.values
    facts._take_overview((Part("Training", old.samples), None))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert facts.values.values is test_values
    press(qtbot, tab, "Training")
    qtbot.waitUntil(lambda: facts.values.values is not None)
    assert facts.values.values.counts.sum() == tab.browser.part.samples.x.size


def test_the_images_follow_the_theme(qapp: QApplication, tab: DataTab) -> None:
    view = tab.browser.thumbnails
    point = view.visualRect(view.thumbnails.index(0)).topLeft()

    def ground() -> str:
        return view.viewport().grab().toImage().pixelColor(point.x() + 20, point.y() + 3).name().upper()

    assert ground() == theme.LIGHT.base
    theme.apply(qapp, theme.DARK)
    try:
        assert ground() == theme.DARK.base
    finally:
        theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_nothing_is_wider_than_the_window(qtbot: QtBot, tab: DataTab, width: int) -> None:
    tab.resize(width, 560)
    QApplication.processEvents()
    assert tab.width() == width and sum(tab.sizes()) <= width
    for panel in (tab.sources, tab.browser, tab.facts):
        assert panel.minimumSizeHint().width() <= panel.width()
    assert tab.browser.segments.geometry().right() < tab.browser.width()

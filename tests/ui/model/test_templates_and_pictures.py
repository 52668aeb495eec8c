"""Templates, pictures and comparisons as a person uses them; each choice is one undo step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.template import Template
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.model.advice_box import AdviceBox
from nnstudio.ui.model.compare_dialog import CompareDialog
from nnstudio.ui.model.picture_dialog import PictureDialog
from nnstudio.ui.model.template_dialog import TemplateDialog
from nnstudio.ui.workbench import Workbench
from tests.ui.acting import LEFT, tick

BY_NAME = {template.name: template for template in TEMPLATES}


def choose(dialog: TemplateDialog, name: str) -> Template:
    """Choose a template by its name."""
    (item,) = dialog.list.findItems(name, Qt.MatchFlag.MatchEndsWith)
    dialog.list.setCurrentItem(item)
    assert dialog.template is BY_NAME[name]
    return dialog.template


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> TemplateDialog:
    dialog = TemplateDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize("name", BY_NAME)
def test_each_template_says_why_what_and_how_long(dialog: TemplateDialog, name: str) -> None:
    template = choose(dialog, name)
    assert dialog.why.text() == template.why and dialog.picture.svg()
    assert all(words.text() for words in dialog.facts.values())


def test_a_template_with_its_data_is_one_undo_step(
    qtbot: QtBot, session: Session, dialog: TemplateDialog
) -> None:
    before, steps = session.document.study, session.document.undo_stack.count()
    template = choose(dialog, "2-5-1")
    qtbot.mouseClick(dialog.use, LEFT)
    assert session.document.study == template.study
    assert session.document.undo_stack.count() == steps + 1
    qtbot.waitUntil(lambda: session.dataset.name == "Circle")
    assert session.document.report.ready
    session.document.undo_stack.undo()
    assert session.document.study == before


def test_data_that_stay_are_offered_a_fitting_output(
    qtbot: QtBot, session: Session, dialog: TemplateDialog
) -> None:
    recipe = session.document.study.recipe
    choose(dialog, "2-5-1")
    assert not dialog.misfit.isVisible()
    tick(qtbot, dialog.own_data)
    assert dialog.misfit.isVisible() and dialog.fit.isVisible() and dialog.fit.isChecked()
    qtbot.mouseClick(dialog.use, LEFT)
    assert session.document.study.recipe == recipe and session.document.report.ready
    assert session.document.design.layer("hidden").units == 5  # type: ignore[attr-defined]


def test_a_template_may_be_taken_unfitted(qtbot: QtBot, session: Session, dialog: TemplateDialog) -> None:
    template = choose(dialog, "2-5-1")
    tick(qtbot, dialog.own_data)
    tick(qtbot, dialog.fit)
    qtbot.mouseClick(dialog.use, LEFT)
    assert session.document.design == template.design and not session.document.report.ready


def test_an_empty_stack_takes_the_keyboard_and_one_click_makes_it_ready(
    qtbot: QtBot, workbench: Workbench
) -> None:
    document, tab = workbench.session.document, workbench.model_tab
    workbench.window.stages.setCurrentIndex(1)
    assert not tab.header.empty.isVisible()
    document.edit_design("empty", Design())
    assert tab.header.empty.isVisible()
    workbench.actions["next_problem"].trigger()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is tab.header.empty.output)
    qtbot.keyClick(tab.header.empty.output, Qt.Key.Key_Space)
    assert document.report.ready and not tab.header.empty.isVisible()
    assert document.design.names[-1] == "output"
    document.undo_stack.undo()
    assert tab.header.empty.isVisible()


def test_an_epoch_is_measured_after_an_edit(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.pacer.changed):
        session.document.edit_design("other", session.document.design.with_layer("dense", units=33))
    estimate = session.pacer.estimate()
    assert estimate is not None and estimate.measured and estimate.seconds > 0.0
    session.document.edit_design("more", session.document.design.with_layer("dense", units=34))
    worked_out = session.pacer.estimate()
    assert worked_out is not None and not worked_out.measured
    session.pacer.hold(True)
    session.document.edit_design("none", Design())
    assert session.pacer.estimate() is None


def test_advice_is_taken_in_one_step_and_then_gone(qtbot: QtBot, workbench: Workbench) -> None:
    document = workbench.session.document
    workbench.window.stages.setCurrentIndex(1)
    layers = design_of(Flatten(), Dense(20), Dense(20), Dense(document.facts.classes, activation="softmax"))
    before = document.design
    document.edit_design("straight", layers)
    box: AdviceBox = workbench.model_tab.compile_panel.advice
    assert box.isVisible()
    qtbot.mouseClick(box.findChildren(QPushButton)[0], LEFT)
    assert [getattr(layer, "activation", "") for layer in document.design.layers][1:3] == ["relu", "relu"]
    assert not box.isVisible()
    document.undo_stack.undo()
    assert document.design == layers and box.isVisible()
    document.undo_stack.undo()
    assert document.design == before


@pytest.mark.parametrize("colors", theme.THEMES.values(), ids=theme.THEMES)
def test_a_picture_is_written_on_white_in_each_theme(
    qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path, colors: theme.Theme
) -> None:
    theme.apply(qapp, colors)
    dialog = PictureDialog(session.document)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.write(tmp_path / "one")
    dialog.write(tmp_path / "two.svg")
    image = QImage(str(tmp_path / "one.png"))
    assert not image.isNull() and image.pixelColor(0, 0).name() == "#ffffff"
    assert "<svg" in (tmp_path / "two.svg").read_text()
    qtbot.mouseClick(dialog.copy, LEFT)
    assert qapp.clipboard().mimeData().hasImage()
    theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize(("kind", "ending"), [("Text", ".txt"), ("Markdown", ".md")])
def test_a_summary_is_shown_copied_and_written(
    qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path, kind: str, ending: str
) -> None:
    dialog = PictureDialog(session.document)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    (segment,) = [one for one in dialog.kind.findChildren(QPushButton) if one.text() == kind]
    qtbot.mouseClick(segment, LEFT)
    qtbot.mouseClick(dialog.copy, LEFT)
    dialog.write(tmp_path / "summary")
    written = (tmp_path / f"summary{ending}").read_text()
    assert written == dialog.text.toPlainText() == qapp.clipboard().text()


def test_what_differs_from_a_file_is_shown(qtbot: QtBot, session: Session) -> None:
    dialog = CompareDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add("twin", session.document.design)
    assert len(dialog.rows()) > len(session.document.design.layers) and not dialog.all.isVisible()
    dialog.add("other", session.document.design.with_layer("dense", units=99))
    assert dialog.all.isVisible()
    (changed,) = dialog.rows()
    assert changed.settings[0].right == "99"
    tick(qtbot, dialog.all)
    assert len(dialog.rows()) > len(session.document.design.layers)


def test_long_names_do_not_push_the_columns_out_of_the_window(qtbot: QtBot, session: Session) -> None:
    dialog = CompareDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add("other", session.document.design.with_layer("dense", name="a_long_name_" * 9, units=99))
    assert [change.right for row in dialog.rows() for change in row.settings if change.title == "Name"]
    qtbot.waitUntil(lambda: dialog._area.widget().width() > 0)
    assert dialog._area.widget().width() <= dialog._area.viewport().width()


def test_a_design_is_read_from_a_model_file(qtbot: QtBot, session: Session) -> None:
    from nnstudio.paths import resource

    dialog = CompareDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog._reader.read_file(resource("projects", "default.h5"))
    qtbot.waitUntil(lambda: dialog.choice.currentText() == "default.h5")
    assert dialog.rows()

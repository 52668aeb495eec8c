"""The export dialog as a person uses it: a kind, a place, what was checked, and code to copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.formats.keras_files import read_model
from nnstudio.session.exporter import ARCHIVE, H5, KINDS, NUMPY, ONNX, Exported
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.export.export_dialog import ExportDialog
from nnstudio.ui.export.exported_dialog import ExportedDialog, exported_words
from tests.session.small import small_dataset, small_model


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[ExportDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    preferences = Preferences()
    preferences.last_folder = str(tmp_path)
    model = session.model_for_export()
    assert model is not None
    dialog = ExportDialog(parent, session, preferences, model)
    dialog.open()
    yield dialog
    parent.close()


def choose(dialog: ExportDialog, kind: str) -> None:
    """Choose a kind as a person does, in the list."""
    combo = dialog.form.editor("kind").field
    combo.setCurrentIndex(combo.findText(kind, Qt.MatchFlag.MatchFixedString))  # type: ignore[attr-defined]
    combo.activated.emit(combo.currentIndex())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_its_own_settings_and_ending(dialog: ExportDialog, kind: str) -> None:
    choose(dialog, kind)
    assert dialog.choices.kind == kind and dialog.place.text().endswith(KINDS[kind])
    assert dialog.why.text()
    shown = {name for name, row in dialog.form.rows.items() if row.isVisible()}
    assert ("old_slots" in shown) == (kind == H5) and ("data" in shown) == kind.startswith("program for")


def test_an_export_ends_with_a_checked_file_and_code_to_copy(
    qtbot: QtBot, dialog: ExportDialog, session: Session, tmp_path: Path
) -> None:
    choose(dialog, ARCHIVE)
    dialog.place.setText(str(tmp_path / "net"))
    parent = dialog.parentWidget()
    with qtbot.waitSignal(session.exporter.written):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    found = parent.findChild(ExportedDialog)
    assert found is not None and "100 samples" in found.words.text()
    qtbot.mouseClick(found.copy_button, Qt.MouseButton.LeftButton)
    assert "load_model('net.keras'" in QApplication.clipboard().text()
    assert read_model(tmp_path / "net.keras").design == session.document.design


def test_a_file_that_is_there_is_asked_about(
    qtbot: QtBot, dialog: ExportDialog, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "net.h5").write_text("old")
    dialog.place.setText(str(tmp_path / "net.h5"))
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    box = dialog.findChild(QMessageBox)
    assert box is not None and (tmp_path / "net.h5").read_text() == "old"
    with qtbot.waitSignal(session.exporter.written):
        next(b for b in box.buttons() if b.text() == "Replace").click()
    assert read_model(tmp_path / "net.h5").design == session.document.design


def test_what_goes_wrong_keeps_the_dialog_open(
    qtbot: QtBot, dialog: ExportDialog, session: Session, tmp_path: Path
) -> None:
    choose(dialog, NUMPY)
    dialog.place.setText(str(tmp_path / "nowhere" / "net.py"))
    with qtbot.waitSignal(session.failed) as failed:
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert "no folder" in failed.args[1]
    assert dialog.isVisible() and dialog.export_button.isEnabled()


def test_the_words_say_how_far_it_was_off() -> None:
    exported = Exported(Path("/a/net.py"), (Path("/a/net.npz"),), "", ("A note.",), 1, 2e-7)
    words = exported_words(exported)
    assert "net.npz" in words and "the same but for 2e-07 for 1 sample" in words and "A note." in words


@pytest.mark.parametrize("installed", [True, False])
def test_onnx_says_how_to_get_what_it_needs(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    monkeypatch.setattr("nnstudio.formats.export_choices.can_write_onnx", lambda: installed)
    choose(dialog, ONNX)
    assert dialog.form.rows["scaling"].isVisible() and dialog.path.suffix == ".onnx"
    assert ('pip install "nnstudio[onnx]"' in dialog.notes.text()) is not installed
    choose(dialog, ARCHIVE)
    assert not dialog.form.rows["scaling"].isVisible() and not dialog.notes.isVisible()

"""SaveDialog: asks where to save a project, and whether with a copy of the data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QGridLayout, QWidget

from nnstudio.session.project_file import ENDING


def ask_where_to_save(parent: QWidget, start: Path, with_data: bool, size_words: str) -> tuple[str, bool]:
    """Return the path that a person chose, "" for none, and whether the data shall be copied into it."""
    active = QApplication.activeWindow()
    beside = active if active is not None and not active.isModal() else parent  # the notes, perhaps
    dialog = QFileDialog(parent, "Save the project", str(start), f"Projects (*{ENDING})")
    # The desktop's own dialog takes no check box.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ENDING.removeprefix("."))
    dialog.selectFile(start.name)
    check = QCheckBox(f"Keep a copy of the data in the project ({size_words})")
    check.setToolTip("Without it the project remembers where the data are, and notices when they change.")
    check.setChecked(with_data)
    layout = dialog.layout()
    if isinstance(layout, QGridLayout):
        layout.addWidget(check, layout.rowCount(), 1, 1, 2)
    chosen = dialog.exec()
    path = dialog.selectedFiles()[0] if chosen and dialog.selectedFiles() else ""
    keep = check.isChecked()
    dialog.deleteLater()
    beside.activateWindow()  # whoever was writing there goes on writing
    return path, keep

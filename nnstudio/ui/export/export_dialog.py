"""ExportDialog: as what a network is exported, and where to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.exporter import H5, KINDS, NUMPY, ONNX, Exported, target_of
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.export.exported_dialog import ExportedDialog
from nnstudio.ui.messages import ask
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import button, chain_focus, column, label, row

_WIDE_PX = 560
_LABEL_PX, _FIELD_PX = 200, 30
_PROGRAMS = [kind for kind in KINDS if kind.startswith("program for")]
# Which settings mean something for a kind; the kind itself always does.
_SHOWN = {
    H5: {"old_slots", "preparation"},
    NUMPY: {"preparation"},
    ONNX: {"scaling", "preparation"},
    **{kind: {"data"} for kind in _PROGRAMS},
}
_OTHERS = {"preparation"}
_WHY = {
    H5: "Opens, predicts and trains in both Kerases; nnstudio goes on from it to the same bits.",
    NUMPY: "Predicts without Keras: a readable program and its weights.",
    ONNX: "Predicts in many other programs and on phones; it is not trained on.",
    **{kind: "Builds, trains and evaluates the same network from its first batch on." for kind in _PROGRAMS},
}
_WHY_ARCHIVE = "Keras 3 trains on exactly where nnstudio stopped."


class ExportDialog(QDialog):
    """Goes away when what it was asked for is written; what goes wrong is told, and it stays."""

    def __init__(
        self, parent: QWidget, session: Session, preferences: Preferences, model: TrainedModel
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDE_PX)
        self._session, self._preferences, self._model = session, preferences, model
        self.choices = session.exporter.choices
        self.form = SettingsForm(label_px=_LABEL_PX)
        self.why = label(role="text_2", wrap=True)
        self.notes = label(role="warning", wrap=True)
        self.place = QLineEdit()
        self.place.setAccessibleName("Where to")
        self.place.setMinimumHeight(_FIELD_PX)
        self.choose_button = button("Choose …", icon_name="folder")
        self.export_button = button("Export", kind="primary")
        self.cancel_button = button("Cancel")
        self._lay_out()
        self._connect()
        folder = Path(preferences.last_folder or Path.home())
        self.place.setText(str(folder / session.project.name))
        self._show()

    @property
    def path(self) -> Path:
        """Where to, with the ending that belongs to what is written."""
        return target_of(Path(self.place.text().strip() or self._session.project.name), self.choices)

    def _lay_out(self) -> None:
        place = row(label("Where to", role="text_2"), self.place, self.choose_button, space=8)
        foot = row(None, self.cancel_button, self.export_button, space=8)
        parts = (self.form, self.why, place, self.notes, 8, foot)
        self.setLayout(column(*parts, space=12, margins=(20, 18, 20, 16)))
        chain_focus(self.form, self.place, self.choose_button, self.export_button, self.cancel_button)
        self.export_button.setDefault(True)

    def _connect(self) -> None:
        self.form.edited.connect(self._change)
        self.choose_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(self._export)
        self._session.exporter.written.connect(self._end)
        self._session.failed.connect(self._stay)

    def _change(self, name: str, value: Any) -> None:
        stem = self.path.with_suffix("")
        self.choices = replace(self.choices, **{name: value})
        self.place.setText(str(stem))
        self._show()

    def _show(self) -> None:
        """Show what goes with the kind that is chosen."""
        choices = self.choices
        self.form.show_owner(choices)
        shown = _SHOWN.get(choices.kind, _OTHERS)
        for name, form_row in self.form.rows.items():
            form_row.setVisible(name == "kind" or name in shown)
        self.why.setText(_WHY.get(choices.kind, _WHY_ARCHIVE))
        self.place.setText(str(self.path))
        notes = self._session.exporter.notes_on(self._model, choices)
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.adjustSize()

    def _choose(self) -> None:
        ending = KINDS[self.choices.kind]
        path, _ = QFileDialog.getSaveFileName(
            self,
            "Export",
            str(self.path),
            f"Files (*{ending})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self.place.setText(str(target_of(Path(path), self.choices)))

    def _export(self) -> None:
        """Write, after asking where a file would be replaced."""
        if self.path.exists():
            sentence = f"{self.path.name} exists already. It is replaced when the new one is complete."
            ask(self, "Export", sentence, "Replace", self._write)
        else:
            self._write()

    def _write(self) -> None:
        self.export_button.setEnabled(False)
        self._preferences.last_folder = str(self.path.parent)
        self._session.exporter.export(self.path, self._model, self._session.dataset, self.choices)

    def _stay(self) -> None:
        self.export_button.setEnabled(True)

    def _end(self, exported: Exported) -> None:
        parent = self.parentWidget()
        self.accept()
        ExportedDialog(parent, exported).open()

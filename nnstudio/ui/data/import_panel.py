"""ImportPanel: how a table is prepared and split, and what the network will get, beside its first rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from nnstudio.data.understanding import TARGET, TablePreview
from nnstudio.session.table_import import TableImport
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.data.import_words import guess_words, network_words
from nnstudio.ui.data.share_bars import ShareBars
from nnstudio.ui.editors.names import NamesEditor
from nnstudio.ui.setting_row import LABEL_PX
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import column, label, row, rule

_FORMS = {
    "preparation": ("scaling", "missing"),
    "source": ("task", "class_names"),
    "split": ("test_share", "seed", "stratified"),
}


class ImportPanel(QFrame):
    """Every change is shown in the preview; nothing is used before a person says so."""

    def __init__(self, table: TableImport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._table = table
        self.forms = {part: SettingsForm(only=names) for part, names in _FORMS.items()}
        self.target = _target_box()
        self.target.textActivated.connect(self._choose_target)
        self.bars = ShareBars()
        self._guess = label(role="text_2", size="small", wrap=True)
        self.network = label(role="text_2", wrap=True)
        for part, form in self.forms.items():
            form.edited.connect(partial(self._change, part))
        self._lay_out()
        table.changed.connect(self.show_table)

    @property
    def guess(self) -> str:
        """What is said of guessing."""
        return self._guess.text()

    def show_table(self) -> None:
        """Show the recipe that is wanted, and what is known of what it makes."""
        preview, recipe = self._table.preview, self._table.recipe
        if preview is None or recipe is None:
            return
        for part, form in self.forms.items():
            form.show_owner(getattr(recipe, part))
        self._show_names(preview)
        self._show_target(preview)
        self.bars.show_counts(preview.class_counts)
        self._guess.setText(guess_words(preview))
        self._classes.setVisible(bool(preview.class_counts))
        self.network.setText(network_words(preview))

    def _show_names(self, preview: TablePreview) -> None:
        """Offer to name the classes, where there are any."""
        names = self.forms["source"].rows["class_names"]
        if isinstance(names.editor, NamesEditor):
            names.editor.show_example(tuple(name for name, _ in preview.class_counts))
        names.setVisible(bool(preview.class_counts))

    def _show_target(self, preview: TablePreview) -> None:
        source: Any = self._table.recipe.source if self._table.recipe is not None else None
        self.target.clear()
        self.target.addItems([one.name for one in preview.columns])
        targets = source.targets if source is not None else ()
        self.target.setCurrentIndex(self.target.findText(targets[0]) if targets else -1)
        self.target.setToolTip(f"To predict: {', '.join(targets) or 'nothing yet'}")

    def _change(self, part: str, name: str, value: Any) -> None:
        recipe = self._table.recipe
        if recipe is not None:
            self._table.change(replace(recipe, **{part: replace(getattr(recipe, part), **{name: value})}))

    def _choose_target(self, name: str) -> None:
        self._table.set_role(name, TARGET)

    def _lay_out(self) -> None:
        title = label("Target", role="text_2")
        title.setFixedWidth(LABEL_PX)
        title.setBuddy(self.target)
        target = row(title, self.target, space=4)
        target.setStretch(1, 1)
        form = column(
            label("Preparation", size="strong"),
            self.forms["preparation"],
            target,
            self.forms["source"],
            self.forms["split"],
            margins=(16, 14, 16, 14),
        )
        self._classes = QWidget()
        classes = column(label("Classes", size="strong"), self.bars, self._guess, margins=(16, 14, 16, 14))
        self._classes.setLayout(column(rule(), classes, space=0))
        gets = label("What the network will get", size="strong")
        network = column(gets, self.network, margins=(16, 14, 16, 14))
        self.setLayout(column(form, self._classes, rule(), network, None, space=0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self._table.cancel()
        else:
            super().keyPressEvent(event)


def _target_box() -> ChoiceBox:
    box = ChoiceBox()
    box.setMinimumHeight(28)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setAccessibleName("Target")
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box

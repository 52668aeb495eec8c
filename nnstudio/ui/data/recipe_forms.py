"""RecipeForms: the settings of the recipe as forms: its source, its split and its preparation."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.data.dataset import Dataset
from nnstudio.data.preparation import Preparation
from nnstudio.data.recipe import Recipe
from nnstudio.data.source import Source
from nnstudio.data.sources.table import Table
from nnstudio.data.split import Split
from nnstudio.settings import Setting, settings_of
from nnstudio.ui.editors.names import TicksEditor
from nnstudio.ui.more_section import MoreSection
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import button

# What means nothing where the data have a test part of their own.
_SHARED_OUT = ("test_share", "shuffled", "stratified", "seed")
_LEFT_OUT = next(one for one in settings_of(Split) if one.name == "left_out")


class RecipeForms(QObject):
    """The three forms; each is a widget of its own, for a section of a panel.

    Signals:
        edited(part, name, value): A person changed a setting of the "source", "split" or "preparation".
        columns_wanted(): A person wants to say how the columns of a table are used.
    """

    edited = Signal(str, str, object)
    columns_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.split = SettingsForm(only=_SHARED_OUT)
        self.left_out = TicksEditor(_LEFT_OUT)
        self.left_out_section = MoreSection("Leave out of training")
        self.left_out_section.inside.addWidget(self.left_out)
        self.source_place = QWidget()
        self._source_layout = QVBoxLayout(self.source_place)
        self._source_layout.setContentsMargins(0, 0, 0, 0)
        self.columns_button = button("Columns …", icon_name="table", tip="Say how each column is used")
        self._source_layout.addWidget(self.columns_button)
        self.preparation = SettingsForm(only=("scaling",))
        self.table_preparation = SettingsForm(only=("scaling", "missing"))
        self.source: SettingsForm | None = None
        self._source_kind: type[Source] | None = None
        self._connect()

    def show_recipe(self, recipe: Recipe, dataset: Dataset) -> None:
        """Show the recipe that is wanted, whose data are or will be ``dataset``, or others like them."""
        self.split.show_owner(recipe.split)
        self.split.setVisible(not has_own_test(dataset))
        self._show_left_out(recipe.split, dataset.class_names)
        self._show_source(recipe.source)
        self._show_preparation(recipe.preparation, isinstance(recipe.source, Table))

    @property
    def has_source(self) -> bool:
        """Whether the source has anything to set."""
        return self.source is not None or not self.columns_button.isHidden()

    def _connect(self) -> None:
        self.split.edited.connect(partial(self.edited.emit, "split"))
        self.left_out.edited.connect(partial(self.edited.emit, "split", "left_out"))
        self.preparation.edited.connect(partial(self.edited.emit, "preparation"))
        self.table_preparation.edited.connect(partial(self.edited.emit, "preparation"))
        self.columns_button.clicked.connect(self.columns_wanted)

    def _show_left_out(self, split: Split, names: tuple[str, ...]) -> None:
        self.left_out_section.setVisible(len(names) > 1)
        self.left_out.show_choices(names)
        self.left_out.show_value(split.left_out)
        known = [name for name in split.left_out if name in names]
        self.left_out_section.show_note(", ".join(known))

    def _show_preparation(self, preparation: Preparation, gaps: bool) -> None:
        for form, wanted in ((self.table_preparation, gaps), (self.preparation, not gaps)):
            form.show_owner(preparation)
            form.setVisible(wanted)

    def _show_source(self, source: Source) -> None:
        self.columns_button.setVisible(isinstance(source, Table))
        if type(source) is not self._source_kind:
            self._source_kind = type(source)
            if self.source is not None:
                self.source.hide()
                self.source.deleteLater()
            names = shown_settings(source)
            self.source = SettingsForm(only=names) if names else None
            if self.source is not None:
                self.source.edited.connect(partial(self.edited.emit, "source"))
                self._source_layout.addWidget(self.source)
        if self.source is not None:
            self.source.show_owner(source)


def has_own_test(dataset: Dataset) -> bool:
    """Return whether the source itself sets samples apart for testing."""
    return dataset.test.numbers is None


def shown_settings(source: Source) -> tuple[str, ...]:
    """Return the settings of a source that a form shows: not those that say which files it reads.

    How the columns of a table are used is said elsewhere.
    """
    declared = () if isinstance(source, Table) else settings_of(source)
    return tuple(one.name for one in declared if not _is_file(one))


def _is_file(declared: Setting) -> bool:
    return declared.kind is str and not declared.choices

"""The settings form: edits whatever declares settings, and is the same for every owner."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import LAYERS, Dense
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.optimizers import OPTIMIZERS, Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.settings import settings_of
from nnstudio.ui.boxes import ladder_step
from nnstudio.ui.settings_form import SettingsForm

OWNERS = [kind() for kind in (*LAYERS, *LOSSES, *OPTIMIZERS, TrainingPlan)]


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: type(owner).__name__)
def test_every_setting_has_a_row_that_shows_its_value_without_a_word(qtbot: QtBot, owner: Any) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    told: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: told.append((name, value)))
    form.show_owner(owner)
    for declared in settings_of(owner):
        assert shown(form, declared.name) == words_for(getattr(owner, declared.name))
        assert form.editor(declared.name).field.accessibleName() == declared.title
    assert told == []


def test_typing_tells_each_keystroke(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_owner(Dense(1))
    told: list[object] = []
    form.edited.connect(lambda name, value: told.append(value))
    field = form.editor("units").field
    assert isinstance(field, QSpinBox)
    field.selectAll()
    qtbot.keyClicks(field, "64")
    assert told == [6, 64]


def test_a_learning_rate_is_typed_with_an_exponent_and_steps_on_the_ladder(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_owner(Adam())
    told: list[object] = []
    form.edited.connect(lambda name, value: told.append(value))
    field = form.editor("learning_rate").field
    assert isinstance(field, QDoubleSpinBox)
    field.stepUp()
    field.selectAll()
    qtbot.keyClicks(field, "2e-5")
    assert told[0] == 0.003 and told[-1] == 2e-5
    assert field.text() == "2e-5" or field.text() == "2e-05"


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [(0.001, 1, 0.003), (0.003, 1, 0.01), (0.01, -1, 0.003), (0.002, 1, 0.003), (0.002, -1, 0.001)],
)
def test_the_ladder_goes_one_three_ten(value: float, steps: int, expected: float) -> None:
    assert ladder_step(value, steps) == expected


def test_choosing_a_class_gives_an_instance(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_owner(Dense(1))
    told: list[object] = []
    form.edited.connect(lambda name, value: told.append(value))
    field = form.editor("kernel_initializer").field
    assert isinstance(field, QComboBox)
    form.show()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    kinds = next(declared.choices for declared in settings_of(Dense) if declared.name == "kernel_initializer")
    assert told == [kinds[1]()]


def test_a_text_is_told_once_when_it_is_complete(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_owner(Dense(1, name="dense"))
    told: list[object] = []
    form.edited.connect(lambda name, value: told.append(value))
    field = form.editor("name").field
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "first")
    assert told == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["first"]


def shown(form: SettingsForm, name: str) -> object:
    """Return what the field of a setting shows."""
    field = form.editor(name).field
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentText().replace(" ", "").lower()
    if isinstance(field, QSpinBox | QDoubleSpinBox):
        return field.value()
    assert isinstance(field, QLineEdit)
    return field.text()


def words_for(value: object) -> object:
    """Return what a field should show for a value."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value
    return type(value).__name__.lower()

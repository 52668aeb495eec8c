"""The settings form: shows and edits whatever declares settings, and is the same for every owner."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWhatsThis,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layers import LAYERS, Dense
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS, Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.engine.value_words import choice_words, value_words
from nnstudio.settings import problems_with, settings_of
from nnstudio.ui.boxes import ladder_step
from nnstudio.ui.settings_form import SettingsForm
from tests.ui.acting import LEFT, change, shown, tick, type_over
from tests.ui.kitchen import Kitchen, Pepper, Salt, Timer, Water

KINDS = (*LAYERS, *LOSSES, *METRICS, *OPTIMIZERS, *INITIALIZERS, *SCHEDULES, TrainingPlan, Kitchen)
OWNERS = [kind() for kind in KINDS]
NARROWEST_PX = 304 - 32 - 10
SETTINGS = [(owner, declared.name) for owner in OWNERS for declared in settings_of(owner)]


class Holder:
    """What stands for the document: takes what the form tells, and shows the result."""

    def __init__(self, qtbot: QtBot, owner: Any) -> None:
        self.owner = owner
        self.told: list[tuple[str, object]] = []
        self.form = SettingsForm()
        self.form.edited.connect(self.take)
        self.form.resize(320, 700)
        qtbot.addWidget(self.form)
        self.form.show_owner(owner)
        self.form.more.show_open(True)
        self.form.show()
        qtbot.waitExposed(self.form)

    def take(self, name: str, value: object) -> None:
        self.told.append((name, value))
        self.show(replace(self.owner, **{name: value}))

    def show(self, owner: Any) -> None:
        self.owner = owner
        self.form.show_owner(owner)

    @property
    def values(self) -> list[object]:
        """The values told, without the names."""
        return [value for _, value in self.told]


@pytest.fixture
def kitchen(qtbot: QtBot) -> Holder:
    return Holder(qtbot, Kitchen())


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: type(owner).__name__)
def test_every_setting_has_a_row_that_shows_its_value_without_a_word(qtbot: QtBot, owner: Any) -> None:
    holder = Holder(qtbot, owner)
    for declared in settings_of(owner):
        editor = holder.form.editor(declared.name)
        assert editor.field.accessibleName().split(",")[0] == declared.title
        assert editor.field.toolTip().startswith(declared.help)
        assert words_of(shown(editor)) == words_for(declared, getattr(owner, declared.name))
    assert holder.told == []


@pytest.mark.parametrize(
    ("owner", "name"), SETTINGS, ids=[f"{type(owner).__name__}.{name}" for owner, name in SETTINGS]
)
def test_every_setting_can_be_changed_and_is_shown_again_as_it_was(
    qtbot: QtBot, owner: Any, name: str
) -> None:
    holder = Holder(qtbot, owner)
    editor = holder.form.editor(name)
    before = shown(editor)
    change(qtbot, editor)
    assert getattr(holder.owner, name) != getattr(owner, name)
    assert {told for told, _ in holder.told} == {name}
    assert not any(problem.startswith(editor.declared.title) for problem in problems_with(holder.owner))
    assert shown(editor) != before
    holder.show(owner)
    assert shown(editor) == before


@pytest.mark.parametrize("switched_on", [False, True])
@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: type(owner).__name__)
def test_nothing_is_cut_in_the_narrowest_panel(qtbot: QtBot, owner: Any, switched_on: bool) -> None:
    """With everything opened: 304 less its margins and a scroll bar."""
    full = {one.name: one.first_value for one in settings_of(owner) if one.optional and switched_on}
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_owner(replace(owner, **full))
    form.more.head.click()
    form.resize(NARROWEST_PX, 900)
    form.show()
    qtbot.waitExposed(form)
    assert form.minimumSizeHint().width() <= NARROWEST_PX
    for row in form.rows.values():
        for field in (one for one in row.editor.fields if one.isVisible()):
            right = field.mapTo(form, field.rect().topRight()).x()
            most = field.sizeHint().width() if isinstance(field, QCheckBox) else 40
            assert right < NARROWEST_PX and field.width() >= min(most, field.sizeHint().width())


def test_typing_tells_each_keystroke(qtbot: QtBot, kitchen: Holder) -> None:
    type_over(qtbot, kitchen.form.editor("trays").field, "14")
    assert kitchen.values == [1, 14]


def test_a_learning_rate_is_typed_with_an_exponent_and_steps_on_the_ladder(qtbot: QtBot) -> None:
    holder = Holder(qtbot, Adam())
    field = holder.form.editor("learning_rate").field
    assert isinstance(field, QDoubleSpinBox)
    field.stepUp()
    type_over(qtbot, field, "2e-5")
    assert holder.values[0] == 0.003 and holder.values[-1] == 2e-5
    assert field.text() == "2e-5"


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [(0.001, 1, 0.003), (0.003, 1, 0.01), (0.01, -1, 0.003), (0.002, 1, 0.003), (0.002, -1, 0.001)],
)
def test_the_ladder_goes_one_three_ten(value: float, steps: int, expected: float) -> None:
    assert ladder_step(value, steps) == expected


def test_a_number_beyond_its_bounds_is_refused_with_a_sentence_that_stays_to_read(
    qtbot: QtBot, kitchen: Holder
) -> None:
    field = kitchen.form.editor("heat").field
    assert isinstance(field, QDoubleSpinBox)
    type_over(qtbot, field, "0")
    row = kitchen.form.rows["heat"]
    assert row.problem == "Heat must be above 0 and below 300, not 0." and kitchen.told == []
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.value() == 200.0
    assert row.problem == "Heat must be above 0 and below 300, not 0. It stays 200."
    type_over(qtbot, field, "30")
    assert row.problem == "" and kitchen.values[-1] == 30.0


def test_a_double_click_takes_the_whole_number(qtbot: QtBot, kitchen: Holder) -> None:
    field = kitchen.form.editor("heat").field
    assert isinstance(field, QDoubleSpinBox)
    field.setValue(12.75)
    qtbot.mouseDClick(field.lineEdit(), Qt.MouseButton.LeftButton)
    assert field.lineEdit().selectedText() == "12.75"


def test_choosing_a_class_gives_an_instance(qtbot: QtBot, kitchen: Holder) -> None:
    change(qtbot, kitchen.form.editor("spice"))
    assert kitchen.told == [("spice", Pepper())]


def test_what_is_optional_among_choices_has_none_first(qtbot: QtBot, kitchen: Holder) -> None:
    combo = kitchen.form.editor("extra").field
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(index) for index in range(combo.count())] == ["none", "Salt", "Pepper", "Water"]
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert kitchen.values == [Salt(), None]


def test_a_single_choice_that_may_be_left_out_is_a_box_to_tick(qtbot: QtBot, kitchen: Holder) -> None:
    box = kitchen.form.editor("timer").field
    assert isinstance(box, QCheckBox)
    tick(qtbot, box)
    assert kitchen.owner.timer == Timer()
    tick(qtbot, box)
    assert kitchen.owner.timer is None


def test_an_optional_number_begins_with_its_start_and_has_the_keyboard(qtbot: QtBot, kitchen: Holder) -> None:
    editor = kitchen.form.editor("limit")
    box, field = editor.fields
    assert isinstance(box, QCheckBox) and box.text() == "none" and not field.isVisible()
    tick(qtbot, box)
    assert kitchen.owner.limit == 180.0 and field.isVisible() and field.hasFocus()
    type_over(qtbot, field, "200")
    assert kitchen.owner.limit == 200.0
    tick(qtbot, box)
    assert kitchen.owner.limit is None and not field.isVisible()


def test_both_numbers_of_a_pair_can_be_typed(qtbot: QtBot, kitchen: Holder) -> None:
    first, second = kitchen.form.editor("size").fields
    type_over(qtbot, first, "5")
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    type_over(qtbot, second, "7")
    assert kitchen.owner.size == (5, 7)
    assert [field.accessibleName() for field in (first, second)] == ["Size, 1 of 2", "Size, 2 of 2"]


def test_a_list_is_typed_with_commas_and_each_keystroke_that_leaves_numbers_is_told(
    qtbot: QtBot, kitchen: Holder
) -> None:
    field = kitchen.form.editor("stops").field
    assert isinstance(field, QLineEdit)
    type_over(qtbot, field, "3, 14")
    assert kitchen.values == [(3,), (3, 1), (3, 14)] and field.text() == "3, 14"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3, x", 'Stops takes whole numbers such as 1, 2. "x" is none.'),
        ("1.5", 'Stops takes whole numbers such as 1, 2. "1.5" is none.'),
        ("-1", "Stops must be at least 0 and at most 2147483647, not -1."),
    ],
)
def test_what_is_no_list_of_numbers_is_refused_with_a_sentence_and_gone_when_the_line_is_left(
    qtbot: QtBot, kitchen: Holder, text: str, sentence: str
) -> None:
    field, row = kitchen.form.editor("stops").field, kitchen.form.rows["stops"]
    assert isinstance(field, QLineEdit)
    type_over(qtbot, field, text)
    assert row.problem == sentence and field.text() == text
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert row.problem == "" and field.text() == value_words(row.declared, kitchen.owner.stops)


def test_a_list_of_so_many_numbers_takes_no_other_count(qtbot: QtBot, kitchen: Holder) -> None:
    field, row = kitchen.form.editor("edges").field, kitchen.form.rows["edges"]
    type_over(qtbot, field, "1, 2, 3")
    assert row.problem == "Edges must be 4 numbers, not (1, 2, 3)." and kitchen.told == []
    qtbot.keyClicks(field, ", 4")
    assert kitchen.values == [(1, 2, 3, 4)] and row.problem == ""


def test_a_text_is_told_once_when_it_is_complete(qtbot: QtBot, kitchen: Holder) -> None:
    field = kitchen.form.editor("label").field
    type_over(qtbot, field, "first")
    assert kitchen.told == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert kitchen.told == [("label", "first")]


def test_the_settings_of_a_value_stand_below_its_row_and_change_it(qtbot: QtBot, kitchen: Holder) -> None:
    row = kitchen.form.rows["spice"]
    assert row.inner is not None and list(row.inner.rows) == ["grams"] and row.inner.isVisible()
    type_over(qtbot, row.inner.editor("grams").field, "2")
    assert kitchen.told[-1] == ("spice", Salt(2.0))
    kitchen.show(replace(kitchen.owner, spice=Pepper()))
    assert list(row.inner.rows) == ["turns", "coarse"]
    qtbot.waitUntil(row.inner.rows["turns"].isVisible)
    kitchen.show(replace(kitchen.owner, spice=Water()))
    assert not row.inner.isVisible()


def test_what_differs_from_the_default_can_be_set_back_by_mouse_and_by_keys(
    qtbot: QtBot, kitchen: Holder
) -> None:
    rows = kitchen.form.rows
    assert not any(row.reset.isVisible() for row in rows.values())
    kitchen.show(replace(kitchen.owner, trays=9, spice=Pepper(turns=4), label="x"))
    assert [name for name, row in rows.items() if row.reset.isVisible()] == ["trays", "spice"]
    inner = rows["spice"].inner
    assert inner is not None
    qtbot.waitUntil(inner.rows["turns"].reset.isVisible)
    assert not inner.rows["coarse"].reset.isVisible()
    rows["trays"].editor.field.setFocus()
    qtbot.keyClick(rows["trays"].editor.field, Qt.Key.Key_Tab)
    assert rows["trays"].reset.hasFocus()
    qtbot.keyClick(rows["trays"].reset, Qt.Key.Key_Space)
    assert kitchen.owner.trays == 2 and rows["trays"].editor.field.hasFocus()
    qtbot.mouseClick(inner.rows["turns"].reset, LEFT)
    assert kitchen.owner.spice == Pepper()
    qtbot.mouseClick(rows["spice"].reset, LEFT)
    assert kitchen.owner == Kitchen(label="x")


def test_more_is_closed_at_first_and_remembered_for_each_kind_of_owner(qtbot: QtBot) -> None:
    holder = Holder(qtbot, Dense())
    form = holder.form
    form.more.show_open(False)
    assert not form.editor("kernel_initializer").isVisible() and form.editor("units").isVisible()
    qtbot.mouseClick(form.more.head, LEFT)
    qtbot.waitUntil(form.editor("kernel_initializer").isVisible)
    form.show_owner(Kitchen())
    assert not form.more.is_open
    form.show_owner(Dense())
    assert form.more.is_open
    qtbot.waitUntil(form.editor("kernel_initializer").isVisible)


def test_a_closed_section_tells_how_much_in_it_was_changed(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_owner(Kitchen(guests=3, extra=Salt(), label="x"))
    assert form.more.head.text() == "More: 2 changed"
    form.show_owner(Kitchen())
    assert form.more.head.text() == "More"


def test_tab_goes_through_the_rows_in_their_order_and_back(qtbot: QtBot, kitchen: Holder) -> None:
    above, below = QLineEdit(), QLineEdit()
    panel = QWidget()
    layout = QVBoxLayout(panel)
    for widget in (above, kitchen.form, below):
        layout.addWidget(widget)
    kitchen.show(replace(Kitchen(), spice=Pepper(), timer=Timer(), trays=3))
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.wait(20)  # new rows show when the form lays itself out
    expected = [above, *focus_order(kitchen.form), below]
    above.setFocus()
    seen = [QApplication.focusWidget()]
    for _ in expected[1:]:
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    kitchen.form.setParent(None)
    panel.deleteLater()
    assert seen == expected


def test_the_wheel_changes_a_box_only_while_it_has_the_keyboard(qtbot: QtBot, kitchen: Holder) -> None:
    field = kitchen.form.editor("trays").field
    kitchen.form.editor("heat").field.setFocus()
    turn_wheel(field)
    assert kitchen.told == []
    field.setFocus()
    turn_wheel(field)
    assert kitchen.told == [("trays", 3)]


def focus_order(form: SettingsForm) -> list[QWidget]:
    """Return what should take the keyboard in a form, from top to bottom."""
    main = [row for row in form.rows.values() if not row.declared.advanced]
    advanced = [row for row in form.rows.values() if row.declared.advanced]
    head = [form.more.head] if advanced else []
    return [
        *(field for row in main for field in fields_of(row)),
        *head,
        *(f for row in advanced for f in fields_of(row)),
    ]


def fields_of(row: Any) -> list[QWidget]:
    inner = focus_order(row.inner) if row.inner is not None and row.inner.isVisible() else []
    return [field for field in row.fields if field.isVisible()] + inner


def turn_wheel(field: QWidget) -> None:
    """Turn the wheel by a notch over a field."""
    place = QPointF(field.rect().center())
    event = QWheelEvent(
        place,
        QPointF(field.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def words_of(fields: tuple[Any, ...]) -> str:
    """Return what fields show, in one line."""
    return " ".join(str(field) for field in fields)


def words_for(declared: Any, value: Any) -> str:
    """Return what the fields of a setting should show."""
    if declared.is_switch:
        return str(value is not None)
    if declared.choices:
        return choice_words(type(value) if is_dataclass(value) else value)
    mark = f"{value is not None} " if declared.optional else ""
    if value is None:
        return mark.strip()
    if declared.is_size:
        return mark + " ".join(value_words(replace(declared, kind=declared.item), number) for number in value)
    return mark + (str(value) if isinstance(value, bool) else value_words(declared, value))


def test_a_click_on_the_question_mark_tells_what_the_setting_does(qtbot: QtBot, kitchen: Holder) -> None:
    row = kitchen.form.rows["trays"]
    mark = next(child for child in row.findChildren(QLabel) if child.text() == "?")
    qtbot.mouseClick(mark, LEFT)

    def told() -> bool:
        return any(
            type(widget).__name__ == "QWidget" and widget.windowType() == Qt.WindowType.Popup
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible()
        )

    qtbot.waitUntil(told)
    QWhatsThis.hideText()
    assert row.declared.help == mark.toolTip()

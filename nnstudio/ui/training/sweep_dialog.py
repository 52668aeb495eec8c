"""SweepDialog: puts a sweep together: what is varied, how it is tried, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from nnstudio.experiments.sweep.choices import SweepChoices
from nnstudio.experiments.sweep.draft import SweepDraft
from nnstudio.experiments.sweep.outlook import Outlook, outlook
from nnstudio.session.session import Session
from nnstudio.session.sweep_words import outlook_words, refused_words, start_obstacle
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.model.pace_words import seconds_words
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.training.axis_list import AxisList
from nnstudio.ui.training.setting_picker import SettingPicker
from nnstudio.ui.widgets import button, column, label, panel, row, rule, scrolled

_SIZE_PX, _PICKER_PX, _LABEL_PX = (980, 600), 400, 132
_SETTLED_MS = 200
_PLACE = "Looking at the trials"
_FULL = "Four settings at once are the most. Take one out to choose another."
_INTRO = (
    "Trains the open study once for each combination, in processes of their own. Each trial becomes a run of "
    "the project; your network and its weights are not touched."
)
_HOLDS = "Your training is paused when the sweep begins; while it trains on, the sweep waits."


class SweepDialog(QDialog):
    """Holds a `SweepDraft`, which is replaced by each edit.

    Signals:
        started(): A sweep is about to begin.
    """

    started = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Sweep")
        self._session = session
        self.draft = _draft(session)
        self.outlook: Outlook | None = None
        self.picker = SettingPicker()
        self.axes = AxisList(self.picker.table)
        self.form = SettingsForm(label_px=_LABEL_PX)
        self.measure = ChoiceBox()
        self.measure.setAccessibleName("Compare by")
        self.measure.setMinimumHeight(28)
        self.words = label(size="strong", wrap=True)
        self.refused = label(role="warning", size="caption", wrap=True)
        self.holds = label(_HOLDS, role="text_2", size="caption", wrap=True)
        self.start = button("Start the sweep", kind="primary", icon_name="play")
        self.cancel = button("Cancel")
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._lay_out()
        self._connect()
        self._show_draft()
        self._look()
        self.picker.search.setFocus()

    def _lay_out(self) -> None:
        head = label("Compare by", role="text_2")
        head.setFixedWidth(_LABEL_PX)
        head.setBuddy(self.measure)
        by = row(head, self.measure, space=4)
        by.setStretch(1, 1)
        page = panel("surface")
        parts = (self.axes, rule(), self.form, by, None)
        page.setLayout(column(*parts, space=14, margins=(16, 14, 16, 14)))
        self.picker.setFixedWidth(_PICKER_PX)
        both = row(self.picker, scrolled(page), space=16)
        both.setStretch(1, 1)
        said = column(self.words, self.refused, self.holds, space=3)
        foot = row(said, self.cancel, self.start, space=8)
        foot.setStretch(0, 1)
        intro = label(_INTRO, role="text_2", wrap=True)
        whole = column(intro, both, foot, space=12, margins=(20, 16, 20, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(*_SIZE_PX)

    def _connect(self) -> None:
        self.picker.picked.connect(self._add)
        self.axes.edited.connect(self._write)
        self.axes.removed.connect(self._remove)
        self.axes.finished.connect(self._go_on)
        self.form.edited.connect(self._choose)
        self.measure.activated.connect(self._compare)
        self.start.clicked.connect(self._start)
        self.cancel.clicked.connect(self.reject)
        self._settled.timeout.connect(self._look)
        self._session.pacer.changed.connect(self._show_words)
        self._session.sweeps.changed.connect(self._show_words)
        self._session.run_changed.connect(self._show_words)
        self.finished.connect(self._stop_looking)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._start)
        self.start.setToolTip("Start (Ctrl+Enter)")

    def _add(self, path: str) -> None:
        self._change(self.draft.with_setting(path))
        if path in self.axes.rows:
            self.axes.rows[path].take_focus()

    def _write(self, path: str, text: str) -> None:
        self._change(self.draft.with_text(path, text))

    def _remove(self, path: str) -> None:
        self._change(self.draft.without(path))
        self.picker.search.setFocus()

    def _choose(self, name: str, value: Any) -> None:
        self._change(replace(self.draft, choices=replace(self.draft.choices, **{name: value})))

    def _compare(self, index: int) -> None:
        self._change(replace(self.draft, measure=self.draft.measures[index].name))

    def _change(self, draft: SweepDraft) -> None:
        self.draft, self.outlook = draft, None
        self._show_draft()
        self._settled.start()

    def _show_draft(self) -> None:
        draft = self.draft
        chosen = {axis.setting.path for axis in draft.axes}
        left = tuple(setting for setting in draft.settings if setting.path not in chosen)
        self.picker.show_settings(left, _FULL if draft.full else "")
        self.axes.show_axes(draft.axes)
        self.form.show_owner(draft.choices)
        if self.measure.count() != len(draft.measures):
            self.measure.clear()
            self.measure.addItems([measure.title for measure in draft.measures])
        names = [measure.name for measure in draft.measures]
        self.measure.setCurrentIndex(names.index(draft.sweep.compared_by.name))
        self._show_words()

    def _go_on(self) -> None:
        """Let a person choose the next setting."""
        self.picker.search.setFocus(Qt.FocusReason.TabFocusReason)

    def _look(self) -> None:
        """Look at every trial in the background."""
        if not self.draft.problem:
            work: Callable[..., Any] = partial(_outlook, self.draft, self._session.dataset)
            self._session.jobs.start(_PLACE, work, self._take, place=_PLACE)

    def _take(self, found: tuple[SweepDraft, Outlook]) -> None:
        draft, seen = found
        if draft is self.draft:
            self.outlook = seen
            self._show_words()

    def _stop_looking(self) -> None:
        self._settled.stop()
        self._session.jobs.cancel(_PLACE)

    def _show_words(self) -> None:
        obstacle = start_obstacle(self._session.sweeps, self.draft, self.outlook)
        self.words.setText(obstacle or self._work_words())
        self.refused.setText("" if self.outlook is None else refused_words(self.outlook))
        self.refused.setVisible(bool(self.refused.text()))
        self.holds.setVisible(self._session.running and not self.draft.choices.cluster.strip())
        self.start.setEnabled(not obstacle)
        self.start.setToolTip(obstacle or "Start (Ctrl+Enter)")

    def _work_words(self) -> str:
        if self.outlook is None:
            return f"{self.draft.sweep.count:,} trials …"
        estimate = self._session.pacer.estimate()
        epoch = None if estimate is None else estimate.seconds
        seconds = self.outlook.seconds_with(self.draft.choices.workers, epoch)
        return outlook_words(self.draft, self.outlook, seconds_words(seconds))

    def _start(self) -> None:
        if self.start.isEnabled():
            self._session.sweeps.start(self.draft)
            self.started.emit()
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let Enter press the button that has the keyboard, and no other."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        pressed = self.focusWidget()
        if isinstance(pressed, QPushButton):
            pressed.click()


def _draft(session: Session) -> SweepDraft:
    """Return what was asked for last, with the study of now."""
    study, last = session.document.study, session.sweeps.draft
    if last is None:
        return SweepDraft(study, choices=SweepChoices(epochs=study.plan.epochs))
    return replace(last, study=study)


def _outlook(draft: SweepDraft, dataset: Any, watch: Any) -> tuple[SweepDraft, Outlook]:
    return draft, outlook(draft.sweep, dataset, watch)

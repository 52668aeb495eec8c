"""MetricsBox: the figures that are read beside the loss, as a list to tick behind a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nnstudio.engine.metrics import METRICS, Metric
from nnstudio.engine.value_words import NONE, choice_words
from nnstudio.settings import settings_of
from nnstudio.ui.more_section import MoreSection
from nnstudio.ui.setting_row import LABEL_PX
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import chain_focus, label, panel, row

_INDENT_PX = 12
_LABEL_PX = LABEL_PX - _INDENT_PX


class MetricsBox(MoreSection):
    """One box to tick for each metric; the settings of a ticked one stand below it.

    Signals:
        edited(metrics): A person wants these metrics.
    """

    edited = Signal(tuple)

    def __init__(self) -> None:
        super().__init__("Metrics")
        self._metrics: tuple[Metric, ...] = ()
        self._fitting: Sequence[type[Metric]] = ()
        self.boxes = {kind: MetricTick(kind) for kind in METRICS}
        self._others = label("For other data", role="text_3", size="caption")
        self.inside.setSpacing(4)
        self.inside.setContentsMargins(4, 0, 0, 0)
        for box in self.boxes.values():
            box.edited.connect(partial(self._change, box.kind))

    def show_metrics(self, metrics: tuple[Metric, ...], fitting: Sequence[type[Metric]]) -> None:
        """Show which are ticked; those that do not fit the data stand last."""
        self._metrics = metrics
        self._order(fitting)
        for kind, box in self.boxes.items():
            box.show_metric(next((metric for metric in metrics if type(metric) is kind), None))
        names = ", ".join(choice_words(type(metric)) for metric in metrics) or NONE
        self.show_note(names)
        self.head.setToolTip(f"Figures to read beside the loss: {names}")

    def _order(self, fitting: Sequence[type[Metric]]) -> None:
        others = [kind for kind in METRICS if kind not in fitting]
        if self._fitting == fitting:
            return
        self._fitting = fitting
        for kind in fitting:  # put anew, a widget moves to the end
            self.inside.addWidget(self.boxes[kind])
        self.inside.addWidget(self._others)
        self._others.setVisible(bool(others))
        for kind in others:
            self.inside.addWidget(self.boxes[kind])
        chain_focus(self.head, *(self.boxes[kind].tick for kind in (*fitting, *others)))

    def _change(self, kind: type[Metric], metric: Metric | None) -> None:
        chosen = {type(one): one for one in reversed(self._metrics)}
        if metric is None:
            chosen.pop(kind, None)
        else:
            chosen[kind] = metric
        self.edited.emit(tuple(chosen[one] for one in METRICS if one in chosen))


class MetricTick(QWidget):
    """A box to tick, and the settings of the metric when it is ticked.

    Signals:
        edited(metric): A person ticked it, changed a setting, or wants it no longer (None).
    """

    edited = Signal(object)

    def __init__(self, kind: type[Metric]) -> None:
        super().__init__()
        self.kind = kind
        self._metric: Metric | None = None
        self.tick = QCheckBox(choice_words(kind))
        self.tick.setToolTip(kind.one_line())
        self.form: SettingsForm | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.tick)
        self.tick.clicked.connect(self._ticked)

    def show_metric(self, metric: Metric | None) -> None:
        """Show whether it is ticked, and its settings."""
        self._metric = metric
        self.tick.setChecked(metric is not None)
        if metric is not None and settings_of(metric) and self.form is None:
            self.form = self._new_form()
        if self.form is not None:
            self._nest.setVisible(metric is not None)
            if metric is not None:
                self.form.show_owner(metric)

    def _new_form(self) -> SettingsForm:
        form = SettingsForm(label_px=_LABEL_PX)
        form.edited.connect(self._change)
        self._nest = panel("nest")
        self._nest.setLayout(row(form, margins=(_INDENT_PX - 2, 0, 0, 4)))
        self._layout.addWidget(self._nest)
        chain_focus(self.tick, form)
        return form

    def _ticked(self, wanted: bool) -> None:
        self.edited.emit(self.kind() if wanted else None)

    def _change(self, name: str, value: object) -> None:
        if self._metric is not None:
            self.edited.emit(replace(self._metric, **{name: value}))

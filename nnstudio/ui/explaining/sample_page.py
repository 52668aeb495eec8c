"""SamplePage: why the network says what it says of one sample."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnstudio.experiments.explaining.explanation import Explanation, Way
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.explaining.effect_view import EffectView
from nnstudio.ui.explaining.explain_words import answer_words, method_words, result_words
from nnstudio.ui.explaining.named import names_of
from nnstudio.ui.explaining.near_view import NearView
from nnstudio.ui.widgets import Segments, column, label, row, rule, scrolled

_LEAST_LETTERS = 16
_SAID_PX = 116
_LEFT_PX, _RIGHT_PX = 340, 404


class SamplePage(QWidget):
    """The map or the bars at the left; the answer, what was found and the nearest samples at the right.

    Signals:
        way_edited(way): A person wants another `Way` of explaining.
        about_edited(index): A person asks about another class or value.
    """

    way_edited = Signal(object)
    about_edited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Explanation | None = None
        self.effects = EffectView()
        self.effects.setMinimumWidth(_LEFT_PX)
        self.answer = label(size="strong", wrap=True)
        self.ways = Segments(tuple(Way), "How to explain it")
        self.about = ChoiceBox()
        self.about.setAccessibleName("What is asked about")
        self.about.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.about.setMinimumContentsLength(_LEAST_LETTERS)
        self.result = label(wrap=True)
        self.method = label(role="text_2", size="small", wrap=True)
        self.near = NearView()
        self.setLayout(self._lay_out())
        self.ways.edited.connect(self._change_way)
        self.about.activated.connect(self.about_edited)

    def _lay_out(self) -> QHBoxLayout:
        asked = row(label("About", role="text_2"), self.about, None, space=8)
        body = QWidget()
        said = QWidget()
        said.setLayout(column(self.result, self.method, None, space=10))
        said.setMinimumHeight(_SAID_PX)  # so that what is below stays where it is
        parts = (self.answer, row(self.ways, None), asked, said, rule(), self.near, None)
        body.setLayout(column(*parts, space=10, margins=(0, 0, 10, 0)))
        area = scrolled(body)
        area.setMinimumWidth(_RIGHT_PX)
        for ground in (area.viewport(), body):
            ground.setAutoFillBackground(False)
        layout = row(self.effects, area, space=20)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        return layout

    @property
    def way(self) -> Way:
        """The way of explaining that is chosen."""
        return Way(self.ways.choice)

    def show_explanation(self, found: Explanation) -> None:
        """Show what was found of one sample."""
        self._found = found
        self.effects.show_explanation(found)
        self.answer.setText(answer_words(found))
        self.ways.show_choice(found.question.way)
        self.result.setProperty("role", "text")
        self.result.style().polish(self.result)
        self.result.setText(result_words(found))
        self.method.setText(method_words(found))
        self._show_names(found)

    def show_refusal(self, sentence: str) -> None:
        """Say in place of a result why there is none."""
        self.effects.clear()
        self.result.setProperty("role", "warning")
        self.result.style().polish(self.result)
        self.result.setText(sentence)
        self.method.setText("")

    def _show_names(self, found: Explanation) -> None:
        names, classes = names_of(found), found.question.dataset.facts.is_classes
        texts = [
            f"{name} (what it says)" if classes and index == found.predicted else name
            for index, name in enumerate(names)
        ]
        if texts != [self.about.itemText(index) for index in range(self.about.count())]:
            self.about.clear()
            self.about.addItems(texts)
        self.about.setCurrentIndex(found.about)
        self.about.setEnabled(len(names) > 1)

    def _change_way(self, choice: str) -> None:
        self.way_edited.emit(Way(choice))

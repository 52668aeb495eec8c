"""LabelBugDialog: the lesson on class indices compared with one-hot rows, on samples of the open data."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QWidget

from nnstudio.data.dataset import Samples
from nnstudio.experiments.label_bug import LabelBug
from nnstudio.ui.prediction.picture_view import PictureView
from nnstudio.ui.widgets import button, column, label, panel, row, scrolled

_WIDTH_PX, _HEIGHT_PX = 840, 620
_PICTURE_PX = 40
_MOST_COLUMNS = 12
_AROUND = 3  # columns shown at either end of a long row
_HEADS = ("", "Network says", "Label as a one-hot row", "Label as an index", "")
_INTRO = (
    "A label can be written as the index of its class, or as a row with a 1 in the column of the class "
    "(one-hot). Both say the same, but they are not equal to each other."
)
_WRONG = (
    "Numbers are compared with rows. The two arrays do not fit, so NumPy gave one answer for all of them: "
    "not equal. Counted, that is 0 right and 1 wrong, whatever the network says. The NumPy of today "
    "refuses: “{}”."
)
_RIGHT = (
    "Each row first becomes the index of its 1. Then numbers are compared with numbers, sample by sample."
)
_FOOT = (
    "In nnstudio this cannot happen: whatever a file holds, indices, one-hot rows or names, becomes class "
    "indices when it is read, and only class indices are ever compared."
)
_MADE_UP = "No network fits the open data, so the predictions are made up, with one mistake."


class LabelBugDialog(QDialog):
    """A page to read; it goes when it is closed."""

    def __init__(self, lesson: LabelBug, samples: Samples, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("The label bug")
        self.wrong = _Comparison("error", "Wrong", "predicted == labels", lesson.wrong_counts)
        self.right = _Comparison(
            "card", "Right", "predicted == np.argmax(labels, axis=1)", lesson.right_counts
        )
        self._lay_out(lesson, samples)
        self.resize(_WIDTH_PX, _HEIGHT_PX)

    def _lay_out(self, lesson: LabelBug, samples: Samples) -> None:
        self.wrong.add_words(_WRONG.format(lesson.refusal))
        self.right.add_words(_RIGHT)
        words = f"{_INTRO} {_MADE_UP}" if lesson.made_up else _INTRO
        both = row(self.wrong, self.right, space=12)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        page = panel("window")
        page.setLayout(
            column(
                label(words, wrap=True),
                _table(lesson, samples),
                both,
                label(_FOOT, role="text_2", wrap=True),
                None,
                space=14,
                margins=(20, 18, 20, 8),
            )
        )
        close = button("Close", kind="primary")
        close.clicked.connect(self.accept)
        foot = row(None, close, margins=(20, 8, 20, 16))
        self.setLayout(column(scrolled(page), foot, space=0))
        close.setFocus()


class _Comparison(QFrame):
    """One way to compare: the code, what comes out and why."""

    def __init__(self, ground: str, title: str, code: str, counts: tuple[int, int]) -> None:
        super().__init__()
        self.setProperty("ground", ground)
        self.counts = label(f"{counts[0]} right, {counts[1]} wrong", size="title")
        self._column = column(
            label(title, role="error" if ground == "error" else "accent", size="strong"),
            _in_code(label(code, wrap=True)),
            self.counts,
            space=6,
            margins=(14, 12, 14, 12),
        )
        self.setLayout(self._column)

    def add_words(self, words: str) -> None:
        """Say why."""
        self._column.addWidget(label(words, role="text_2", size="small", wrap=True))
        self._column.addStretch(1)


def _in_code(widget: QLabel) -> QLabel:
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    font = widget.font()
    font.setFamily(family)
    widget.setFont(font)
    return widget


def _table(lesson: LabelBug, samples: Samples) -> QWidget:
    """Return the samples, one in each line: what was predicted, and the label in both encodings."""
    card = panel("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(14, 10, 14, 10)
    grid.setHorizontalSpacing(22)
    grid.setVerticalSpacing(6)
    for place, head in enumerate(_HEADS):
        grid.addWidget(label(head, role="text_2", size="small"), 0, place)
    for line in range(len(lesson.predicted)):
        for place, widget in enumerate(_line(lesson, samples, line)):
            grid.addWidget(widget, line + 1, place, Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(2, 1)
    return card


def _line(lesson: LabelBug, samples: Samples, line: int) -> list[QWidget]:
    predicted, actual = int(lesson.predicted[line]), int(lesson.actual[line])
    right = predicted == actual
    return [
        _head(lesson, samples, line),
        _in_code(label(_class_words(predicted, lesson.names))),
        _in_code(label(one_hot_words(actual, len(lesson.names)))),
        _in_code(label(_class_words(actual, lesson.names))),
        label("✓ right" if right else "✗ wrong", role="accent" if right else "error", size="strong"),
    ]


def _head(lesson: LabelBug, samples: Samples, line: int) -> QWidget:
    if not lesson.samples or not samples.images:
        return label(f"Sample {lesson.samples[line] if lesson.samples else line + 1:,}")
    view = PictureView(f"Test image {lesson.samples[line]:,}", _PICTURE_PX)
    view.show_picture(samples.picture(lesson.samples[line]))
    return view


def _class_words(index: int, names: tuple[str, ...]) -> str:
    """Return the index, with the name where that is another."""
    return str(index) if names[index] == str(index) else f"{index} ({names[index]})"


def one_hot_words(index: int, classes: int) -> str:
    """Write a one-hot row, its middle left out where it is long."""
    marks = ["1" if place == index else "0" for place in range(classes)]
    if classes <= _MOST_COLUMNS:
        return f"[{' '.join(marks)}]"
    shown = sorted({*range(_AROUND), index, *range(classes - 1, classes)})
    parts = [f"{'… ' if place and place - 1 not in shown else ''}{marks[place]}" for place in shown]
    return f"[{' '.join(parts)}]"

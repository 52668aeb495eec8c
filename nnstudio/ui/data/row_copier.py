"""RowCopier: puts rows on the clipboard, at once or, where there are many, in the background."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.session.jobs import Jobs
from nnstudio.ui.data.copied_rows import MOST_COPIED, as_tsv
from nnstudio.ui.data.shown_rows import ShownRows

_JOB = "Copying rows"
_AT_ONCE_CELLS = 10_000


class RowCopier(QObject):
    """Copies at most `MOST_COPIED` rows, and says so where there are more.

    Signals:
        copied(words): Rows are on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def copy(self, shown: ShownRows, places: list[int]) -> None:
        """Copy the shown samples at ``places``."""
        if len(places) * len(shown.sheet.fields) <= _AT_ONCE_CELLS:
            self._take(_text_of(shown, places, UNWATCHED))
        else:
            self._jobs.start(_JOB, partial(_text_of, shown, places), self._take)

    def _take(self, made: tuple[str, str]) -> None:
        text, words = made
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(words)


def _text_of(shown: ShownRows, places: list[int], watch: Watch) -> tuple[str, str]:
    count = min(len(places), MOST_COPIED)
    of = f" of {len(places):,}" if count < len(places) else ""
    return as_tsv(shown, places[:count], watch), f"Copied {count:,}{of} row{'' if count == 1 else 's'}"

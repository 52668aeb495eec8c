"""CurveExport: the curves as a picture or as numbers, in a file or on the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from nnstudio.data.watch import Watch
from nnstudio.errors import FileError
from nnstudio.experiments.history import History
from nnstudio.experiments.history_csv import csv_lines, epoch_text
from nnstudio.session.session import Session
from nnstudio.ui import theme

_RATIO = 2.0  # of device pixels: a picture for print and slides
_FILTERS = {"png": "Picture (*.png)", "svg": "Drawing (*.svg)", "csv": "Values (*.csv)"}


class CurveExport(QObject):
    """Takes the plots as they are seen, theme and zoom included; the values are all there are."""

    def __init__(self, session: Session, plots: QWidget) -> None:
        super().__init__(plots)
        self._session, self._plots = session, plots

    def export(self, how: str) -> None:
        """Save or copy, as one of the `EXPORTS` says."""
        history = self._session.history
        if history is None:
            return
        if how in _FILTERS:
            self._save(how, history)
        elif how == "copy":
            QApplication.clipboard().setPixmap(self._picture())
            self._session.told.emit("Copied a picture of the curves.")
        else:
            QApplication.clipboard().setText(epoch_text(history))
            self._session.told.emit("Copied the values of all epochs.")

    def _save(self, how: str, history: History) -> None:
        window = self._plots.window()
        chosen, _ = QFileDialog.getSaveFileName(window, "Save the curves", f"curves.{how}", _FILTERS[how])
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{how}")
        if how == "csv":
            work, done = partial(_write, path, history.frozen()), partial(self._told, path)
            self._session.jobs.start("Saving the curves", work, done, writes=True)
        elif self._picture().save(str(path)) if how == "png" else self._draw(path):
            self._told(path)
        else:
            sentence = f"{path.name} could not be written to {path.parent}. Choose another folder."
            self._session.failed.emit("Save the curves", sentence)

    def _told(self, path: Path, result: object = None) -> None:
        self._session.told.emit(f"Saved {path.name}.")

    def _picture(self) -> QPixmap:
        picture = QPixmap(QSize(self._plots.size() * _RATIO))
        picture.setDevicePixelRatio(_RATIO)
        picture.fill(theme.current().color("surface"))
        self._plots.render(picture)
        return picture

    def _draw(self, path: Path) -> bool:
        drawing = QSvgGenerator()
        drawing.setFileName(str(path))
        drawing.setSize(self._plots.size())
        drawing.setViewBox(QRect(self._plots.rect()))
        drawing.setTitle("Curves of a training")
        painter = QPainter()
        if not painter.begin(drawing):
            return False
        painter.fillRect(self._plots.rect(), theme.current().color("surface"))
        self._plots.render(painter, QPoint())
        painter.end()
        return True


def _write(path: Path, history: History, watch: Watch) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(csv_lines(history.steps)):
                file.write(f"{line}\n")
                if number % 10_000 == 0:
                    watch.told(number / max(1, len(history.steps)))
    except OSError as error:
        raise FileError(
            f"{path.name} could not be written: {error.strerror}. Choose another folder."
        ) from error

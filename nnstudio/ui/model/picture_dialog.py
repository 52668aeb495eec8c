"""PictureDialog: the network as a picture and as a table, to keep in a file or on the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSaveFile, Qt
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMessageBox,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from nnstudio.experiments.network_summary import summary_markdown, summary_text
from nnstudio.session.document import Document
from nnstudio.ui.messages import tell
from nnstudio.ui.model.network_view import NetworkView, image_of
from nnstudio.ui.widgets import Segments, button, chain_focus, column, label, row

PICTURE, TEXT, MARKDOWN = "Picture", "Text", "Markdown"
_WIDE_PX, _HIGH_PX, _VIEW_PX = 860, 480, 280
_FILTERS = {
    PICTURE: "Images (*.png);;Drawings (*.svg)",
    TEXT: "Text (*.txt)",
    MARKDOWN: "Markdown (*.md)",
}
_ENDINGS = {PICTURE: ".png", TEXT: ".txt", MARKDOWN: ".md"}
_WORDS = {
    PICTURE: "Boxes are as large as what a layer gives. Written on white, as an image or as a drawing.",
    TEXT: "In columns, for a font whose letters are all equally wide.",
    MARKDOWN: "A table for notes and for web pages.",
}


class PictureDialog(QDialog):
    """Shows what would be written, and writes it."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Picture and summary")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = document.design, document.report, document.facts
        self._texts = {TEXT: summary_text(*shown), MARKDOWN: summary_markdown(*shown)}
        self.kind = Segments((PICTURE, TEXT, MARKDOWN), "What to keep")
        self.words = label(role="text_2", wrap=True)
        self.picture = NetworkView(_VIEW_PX, on_white=True)
        self.picture.show_network(*shown)
        self.text = QPlainTextEdit()
        self._pages = QStackedWidget()
        self.copy = button("Copy", icon_name="copy")
        self.save = button("Save …", kind="primary")
        self.close_button = button("Close")
        self._lay_out()
        self.kind.edited.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask)
        self.close_button.clicked.connect(self.reject)
        self._show()

    def write(self, path: Path) -> None:
        """Write what is shown; the ending of ``path`` tells an image from a drawing. A failure is told."""
        path = path if path.suffix else path.with_suffix(_ENDINGS[self.kind.choice])
        file = QSaveFile(str(path))  # whole or not at all
        done = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if done:
            file.write(self._content(path.suffix.lower()))
            done = file.commit()
        if not done:
            sentence = f"{path.name} could not be written: {file.errorString()}. Choose another folder."
            tell(self, "Picture and summary", sentence, QMessageBox.Icon.Warning)

    def _content(self, ending: str) -> bytes:
        if self.kind.choice != PICTURE:
            return self._texts[self.kind.choice].encode()
        svg = self.picture.svg()
        return svg.encode() if ending == ".svg" else _png(image_of(svg))

    def _lay_out(self) -> None:
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName("Summary")
        self._pages.addWidget(self.picture)
        self._pages.addWidget(self.text)
        foot = row(self.copy, None, self.close_button, self.save)
        parts = (row(self.kind, None), self.words, self._pages, foot)
        layout = column(*parts, space=12, margins=(20, 18, 20, 16))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(_WIDE_PX, _HIGH_PX)
        chain_focus(self.kind, self.text, self.copy, self.save, self.close_button)

    def _show(self) -> None:
        kind = self.kind.choice
        self.words.setText(_WORDS[kind])
        self._pages.setCurrentIndex(kind != PICTURE)
        self.text.setPlainText(self._texts.get(kind, ""))

    def _copy(self) -> None:
        data = QMimeData()
        if self.kind.choice == PICTURE:
            svg = self.picture.svg()
            data.setImageData(image_of(svg))
            data.setData("image/svg+xml", svg.encode())
        else:
            data.setText(self._texts[self.kind.choice])
        QApplication.clipboard().setMimeData(data)

    def _ask(self) -> None:
        kind = self.kind.choice
        path, chosen = QFileDialog.getSaveFileName(self, "Save", f"network{_ENDINGS[kind]}", _FILTERS[kind])
        if path:
            drawing = "svg" in chosen and not Path(path).suffix
            self.write(Path(path).with_suffix(".svg") if drawing else Path(path))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())

"""ValidationRow: what validates: a share of the training samples, a file or folder of its own, or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QSizePolicy, QWidget

from nnstudio.data.names import printable
from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.session import validation_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.setting_row import LABEL_PX
from nnstudio.ui.widgets import button, column, label, row

SHARE, NOTHING, FILE = CHOICES = ("training share", "nothing", "a file …")  # keys meet the dialog last
_TIP = (
    "What the network is checked with after each epoch: a share of the training samples, the samples of a "
    "file or folder of their own, or nothing. The test part never steers a training."
)
_CHOOSE_TIP = "Choose the file or folder whose samples validate; they are read like those that train"
_TITLE = "Validate with"


class ValidationRow(QWidget):
    """The choice, and below it which file validates where one does."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.box = _choice_box()
        self.name = cut_label()
        self.choose_button = button("Choose …", kind="small", tip=_CHOOSE_TIP)
        self._file = QWidget()
        self._file.setLayout(row(self.name, self.choose_button))
        self._lay_out()
        self.box.activated.connect(self._take)
        self.choose_button.clicked.connect(self.choose)
        session.reader.changed.connect(self.show_study)
        self.show_study()

    @property
    def choice(self) -> str:
        """What validates in the study, or will as soon as it is read."""
        if self._path:
            return FILE
        return SHARE if self._session.document.study.plan.validation_split else NOTHING

    @property
    def fields(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        return [self.box, self.choose_button]

    def show_study(self) -> None:
        """Show what validates."""
        self.box.setCurrentText(self.choice)
        self._file.setVisible(self.choice == FILE)
        self.name.setText(printable(Path(self._path).name))
        self.name.setToolTip(self._path)

    def choose(self) -> None:
        """Ask for the file or folder that validates."""
        source = self._session.document.study.recipe.source
        folder = str(Path(self._path or source.place).parent) if self._path or source.place else ""
        if isinstance(source, ImageFolder):
            path = QFileDialog.getExistingDirectory(self.window(), "Validate with the images in", folder)
        else:
            path, _ = QFileDialog.getOpenFileName(self.window(), "Validate with the samples in", folder)
        if path:
            edits.validate_with_file(self._session, Path(path))
        self.show_study()

    @property
    def _path(self) -> str:
        return self._session.recipe.split.validation_path

    def _lay_out(self) -> None:
        title = label(_TITLE, role="text_2")
        title.setToolTip(_TIP)
        title.setFixedWidth(LABEL_PX)
        title.setBuddy(self.box)
        self.setLayout(column(row(title, self.box, space=4), self._file, space=6))

    def _take(self, index: int) -> None:
        if CHOICES[index] == self.choice:
            return
        if CHOICES[index] == FILE:
            self.choose()
        elif CHOICES[index] == SHARE:
            edits.validate_with_share(self._session)
        else:
            edits.validate_with_nothing(self._session)


def _choice_box() -> ChoiceBox:
    box = ChoiceBox()
    box.addItems(CHOICES)
    box.setToolTip(_TIP)
    box.setAccessibleName(_TITLE)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box

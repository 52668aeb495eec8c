"""DesignDialogs: opens what is offered beside the stack: templates, pictures, comparisons."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnstudio.session.session import Session
from nnstudio.ui.model.compare_dialog import CompareDialog
from nnstudio.ui.model.picture_dialog import PictureDialog
from nnstudio.ui.model.template_dialog import TemplateDialog


class DesignDialogs(QObject):
    """Each lies above ``window`` and goes when it is closed."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session

    def show_templates(self) -> None:
        """Offer networks to begin with."""
        TemplateDialog(self._session, self._window).open()

    def show_picture(self) -> None:
        """Offer the network as a picture and as a table, to keep."""
        PictureDialog(self._session.document, self._window).open()

    def compare(self) -> None:
        """Show how the design differs from another one."""
        CompareDialog(self._session, self._window).open()

"""RecentMenu: the projects and models opened last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from nnstudio.session.preferences import Preferences
from nnstudio.session.project_file import ENDING


class RecentMenu(QMenu):
    """Filled when it is opened; what was removed meanwhile cannot be chosen."""

    def __init__(self, preferences: Preferences, chosen: Callable[[str], None], parent: QWidget) -> None:
        super().__init__("Open recent", parent)
        self._preferences = preferences
        self._chosen = chosen
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Show the list as it is now."""
        self.clear()
        paths = self._preferences.recent
        for number, path in enumerate(paths, 1):
            action = self.addAction(f"&{number}  {_name(Path(path)).replace('&', '&&')}")
            action.setToolTip(path)
            action.setEnabled(Path(path).exists())
            action.triggered.connect(partial(self._chosen, path))
        if not paths:
            self.addAction("Nothing yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("&Clear this list").triggered.connect(self._preferences.forget_recent)


def _name(path: Path) -> str:
    """Return the name of a project, or that of a file with its ending."""
    return path.stem if path.suffix == ENDING else path.name

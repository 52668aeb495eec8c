"""RecentMenu: the projects opened last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from nnstudio.session.preferences import Preferences


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
            action = self.addAction(f"&{number}  {Path(path).stem.replace('&', '&&')}")
            action.setToolTip(path)
            action.setEnabled(Path(path).exists())
            action.triggered.connect(partial(self._chosen, path))
        if not paths:
            self.addAction("No project yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("&Clear this list").triggered.connect(self._preferences.forget_recent)

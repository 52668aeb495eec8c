"""ThemeSwitch: light, dark or as the system has it, remembered between starts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from nnstudio.session.preferences import SYSTEM_THEME, Preferences
from nnstudio.ui import theme


class ThemeSwitch(QObject):
    """Applies the theme that was chosen, and follows the system where that was chosen."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self._app = app
        self._preferences = preferences
        app.styleHints().colorSchemeChanged.connect(self.apply)

    @property
    def choice(self) -> str:
        """ "light", "dark" or "system"."""
        return self._preferences.theme

    def choose(self, name: str) -> None:
        """Take another theme, now and at the next start."""
        self._preferences.theme = name
        self.apply()

    def apply(self) -> None:
        """Give the application the theme that is chosen."""
        name = self._preferences.theme
        if name == SYSTEM_THEME:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            name = "dark" if dark else "light"
        wanted = theme.THEMES.get(name, theme.LIGHT)
        if wanted is not theme.current() or not self._app.styleSheet():
            theme.apply(self._app, wanted)

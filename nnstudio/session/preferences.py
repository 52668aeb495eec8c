"""Preferences: what a person chose about the program itself, remembered between starts."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

SYSTEM_THEME = "system"
MOST_RECENT = 8


class Preferences:
    """A few values in Qt's settings file; a test gives a file of its own."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings if settings is not None else QSettings("nnstudio", "nnstudio")

    @property
    def theme(self) -> str:
        """ "light", "dark", or "system" to follow the desktop."""
        return str(self._settings.value("theme", SYSTEM_THEME))

    @theme.setter
    def theme(self, name: str) -> None:
        self._settings.setValue("theme", name)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was and how large."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    @property
    def last_folder(self) -> str:
        """The folder of the file opened or written last."""
        return str(self._settings.value("last_folder", ""))

    @last_folder.setter
    def last_folder(self, folder: str) -> None:
        self._settings.setValue("last_folder", folder)

    @property
    def runs_view(self) -> str:
        """How the table of runs is shown, as a text."""
        return str(self._settings.value("runs_view", ""))

    @runs_view.setter
    def runs_view(self, text: str) -> None:
        self._settings.setValue("runs_view", text)

    @property
    def recent(self) -> tuple[str, ...]:
        """The paths of the projects opened or saved last, the newest first."""
        return self._texts("recent")

    def add_recent(self, path: str) -> None:
        """Put a project first."""
        others = [other for other in self.recent if other != path]
        self._settings.setValue("recent", [path, *others][:MOST_RECENT])

    def forget_recent(self) -> None:
        """Clear the list of projects."""
        self._settings.remove("recent")

    @property
    def recent_data(self) -> tuple[str, ...]:
        """What is remembered of the data opened last, each as a text, the newest first."""
        return self._texts("recent_data")

    @recent_data.setter
    def recent_data(self, texts: tuple[str, ...]) -> None:
        self._settings.setValue("recent_data", list(texts))

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self._settings.value(name, [])
        found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(str(text) for text in found if text)

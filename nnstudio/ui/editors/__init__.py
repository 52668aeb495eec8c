"""Editors: one small widget for each kind of setting, and the choice of the one that fits."""

from nnstudio.ui.editors.choosing import editor_for
from nnstudio.ui.editors.editor import SettingEditor

__all__ = ["SettingEditor", "editor_for"]

"""Files with data are remembered between starts, and forgotten when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.session.preferences import Preferences
from nnstudio.session.recent_data import (
    MOST_RECENT_DATA,
    RecentData,
    forget_data,
    recent_data,
    remember_data,
)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat))


def opened(number: int) -> RecentData:
    return RecentData(f"file {number}", "3 rows, ü", Recipe(ArrayFile(f"/data/{number}.npz")))


def test_the_newest_stands_first_and_each_file_once(preferences: Preferences) -> None:
    for number in (1, 2, 1):
        remember_data(preferences, opened(number))
    assert recent_data(preferences) == (opened(1), opened(2))


def test_a_file_can_be_forgotten(preferences: Preferences) -> None:
    for number in (1, 2, 3):
        remember_data(preferences, opened(number))
    forget_data(preferences, opened(2).recipe)
    assert recent_data(preferences) == (opened(3), opened(1))


def test_only_so_many_are_remembered(preferences: Preferences) -> None:
    for number in range(MOST_RECENT_DATA + 5):
        remember_data(preferences, opened(number))
    assert len(recent_data(preferences)) == MOST_RECENT_DATA


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"name": 1}', '{"recipe": {"source": "x"}, "name": "", "detail": ""}']
)
def test_what_cannot_be_understood_is_left_out(preferences: Preferences, text: str) -> None:
    remember_data(preferences, opened(1))
    preferences.recent_data = (text, *preferences.recent_data)
    assert recent_data(preferences) == (opened(1),)

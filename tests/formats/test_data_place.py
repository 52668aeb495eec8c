"""The place of data as a project's folder sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnstudio.formats.data_place import place_from, places_near

HERE = Path("/work/projects/a.nnstudio")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("/work/projects/mine.npz", "mine.npz"),
        ("/work/projects/data/mine.npz", "data/mine.npz"),
        ("/work/data/mine.npz", "../data/mine.npz"),
        ("", ""),
    ],
)
def test_a_place_leads_back_wherever_the_folder_was_moved_to(data: str, place: str) -> None:
    assert place_from(data, HERE) == place
    if place:
        moved = Path("/else/projects/b.nnstudio")
        assert places_near(place, moved)[0] == Path(data.replace("/work", "/else"))
        assert places_near(place, moved)[-1] == moved.parent / "mine.npz"


@pytest.mark.parametrize("place", ["", "/etc/passwd", "a\0b", "..", ".", "x" * 5000])
def test_what_is_no_such_place_leads_nowhere_else(place: str) -> None:
    near = places_near(place, HERE)
    assert all(path.is_relative_to("/work") for path in near)
    assert places_near("mine.npz", None) == ()

"""One's own drawings stay whatever happens, and a recipe of them reads the same drawings for ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.digits import digit_from_strokes
from nnstudio.data.drawing_book import book_path
from nnstudio.data.drawings import add_drawing, delete_drawing, read_drawer, restore_drawing
from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.drawings import Drawings
from nnstudio.data.strokes import Stroke
from nnstudio.errors import DataError, FileError
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from nnstudio.task import Task


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own, which does not exist yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield book_path().parent


def line(length: float = 100.0, lean: float = 0.0) -> tuple[Stroke, ...]:
    points = [(40 + lean * y, 40 + y) for y in np.linspace(0, length, 30)]
    return (Stroke(np.array(points), 22.0),)


def keep(labels: str) -> list[int]:
    return [add_drawing(line(lean=number / 10), label) for number, label in enumerate(labels)]


def test_a_drawing_is_kept_with_its_strokes_picture_and_name() -> None:
    strokes = (*line(), Stroke(np.array([[40.0, 90.0]]), 44.0, erases=True))
    number = add_drawing(strokes, "  a  cat ")
    (drawing,) = read_drawer().drawings
    assert (drawing.number, drawing.label) == (number, "a cat")
    drawn = digit_from_strokes(strokes)
    assert drawn is not None and np.array_equal(drawing.image, drawn.image)
    again = digit_from_strokes(drawing.strokes)
    assert again is not None and np.array_equal(again.image, drawn.image), "it can be prepared anew"


@pytest.mark.parametrize("label", ["", "   ", "x" * 41])
def test_a_name_that_is_none_is_refused(label: str) -> None:
    with pytest.raises(DataError, match="Expected a label"):
        add_drawing(line(), label)
    assert not book_path().exists()


def test_an_empty_pad_is_refused() -> None:
    rubbed_out = (*line(), Stroke(line()[0].points, 60.0, erases=True))
    for strokes in ((), rubbed_out):
        with pytest.raises(DataError, match="empty pad"):
            add_drawing(strokes, "7")


def test_what_is_deleted_can_be_restored() -> None:
    first, second = keep("17")
    delete_drawing(first)
    assert [drawing.number for drawing in read_drawer().drawings] == [second]
    restore_drawing(first)
    assert [drawing.number for drawing in read_drawer().drawings] == [first, second]


def test_the_classes_are_the_labels_that_occur_numbers_first() -> None:
    keep("7")
    for label in ("10", "cat", "2", "7", "Bird"):
        add_drawing(line(), label)
    raw = Drawings().read()
    assert raw.class_names == ("2", "7", "10", "Bird", "cat") and raw.task is Task.MANY_CLASSES
    assert raw.x.shape == (6, 28, 28) and raw.x.dtype == np.uint8
    assert [raw.class_names[index] for index in raw.y] == ["7", "10", "cat", "2", "7", "Bird"]


def test_digits_can_have_all_ten_classes() -> None:
    keep("373")
    raw = Drawings(all_digits=True).read()
    assert raw.class_names == tuple("0123456789") and list(raw.y) == [3, 7, 3]
    add_drawing(line(), "cat")
    assert Drawings(all_digits=True).read().class_names == ("3", "7", "cat")


@pytest.mark.parametrize(
    ("labels", "found"), [("", "found none"), ("7", "found only one, of 7"), ("777", "found 3 of 7")]
)
def test_too_few_drawings_are_a_sentence_that_says_how_to_add_more(labels: str, found: str) -> None:
    keep(labels)
    with pytest.raises(DataError, match=f"{found}. Draw on the pad of the Prediction tab"):
        load(Recipe(Drawings()))


def test_a_recipe_reads_the_same_drawings_whatever_is_added_or_deleted_later() -> None:
    numbers = keep("1177112277")
    before = load(Recipe(Drawings()))
    assert before.recipe.source == Drawings(book=read_drawer().book, until=10)
    add_drawing(line(50), "3")
    delete_drawing(numbers[0])
    after = load(before.recipe)
    for one, other in ((before.training, after.training), (before.test, after.test)):
        assert np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y)
    assert after.class_names == ("1", "2", "7")
    assert load(Recipe(Drawings())).class_names == ("1", "2", "3", "7")


def test_a_recipe_comes_back_from_its_file() -> None:
    keep("17")
    recipe = load(Recipe(Drawings(all_digits=True))).recipe
    assert recipe_from_json(json.loads(json.dumps(recipe_to_json(recipe)))) == recipe


def test_drawings_of_another_computer_are_not_taken_for_these() -> None:
    keep("17")
    source = load(Recipe(Drawings())).recipe.source
    assert isinstance(source, Drawings)
    for other in (replace(source, book="0123456789abcdef"), replace(source, until=3)):
        with pytest.raises(DataError, match="found other ones on this computer"):
            load(Recipe(other))


@pytest.mark.parametrize("cut", [1, 2, 40, 500])
def test_an_entry_that_was_cut_off_is_lost_alone(cut: int) -> None:
    keep("17")
    content = book_path().read_bytes()
    book_path().write_bytes(content[:-cut])
    there = [drawing.label for drawing in read_drawer().drawings]
    assert there == (["1", "7"] if cut == 1 else ["1"]), "without its last letter a line is still whole"
    add_drawing(line(), "8")
    assert [drawing.label for drawing in read_drawer().drawings] == [*there, "8"]


ODD_LINES = [
    b"[]",
    b"\xff\xfe\x00",
    b'{"number": "4"}',
    b'{"number": 3, "label": "x"}',
    b'{"number": 3, "label": 7, "image": "AAAA"}',
    b'{"number": 3, "label": "7", "image": 5}',
    b'{"number": 3, "label": "7", "image": "AAAA"}',
    b'{"number": 3, "deleted": [1]}',
    b'{"number": 1, "deleted": 2}',
    b'{"book": "another"}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("odd", ODD_LINES, ids=range(len(ODD_LINES)))
def test_a_line_that_somebody_changed_harms_no_other(odd: bytes) -> None:
    keep("17")
    with open(book_path(), "ab") as file:
        file.write(odd + b"\n")
    add_drawing(line(), "8")
    assert [drawing.label for drawing in read_drawer().drawings] == ["1", "7", "8"]


KILLED = """
import numpy as np
from nnstudio.data.drawings import add_drawing
from nnstudio.data.strokes import Stroke
print("ready", flush=True)
while True:
    add_drawing((Stroke(np.array([[40.0, 40.0], [40.0, 140.0]]), 22.0),), "1")
    print("added", flush=True)
"""


def test_what_was_added_survives_a_kill() -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = 0
    for words in process.stdout:
        told += words == "added\n"
        if told == 20:
            process.send_signal(signal.SIGKILL)
            break
    told += process.stdout.read().count("added\n")
    process.wait(60)
    assert len(read_drawer().drawings) in (told, told + 1)


def test_several_programs_add_without_losing_or_numbering_alike() -> None:
    def add() -> None:
        for _ in range(15):
            add_drawing(line(), "7")

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    drawer = read_drawer()
    assert [drawing.number for drawing in drawer.drawings] == list(range(1, 61)) and drawer.last == 60


def test_a_folder_that_is_none_is_a_sentence(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")
    with pytest.raises(FileError, match="Your drawing could not be kept in"):
        add_drawing(line(), "7")


def test_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(number: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(FileError, match="the disk is full. Make room and try again"):
        add_drawing(line(), "7")

"""Folders of images become data sets; what is awkward is skipped and told, or refused in a sentence."""

from __future__ import annotations

import os
import threading
import time
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nnstudio.data.images import layout, proposal, reading
from nnstudio.data.images.decoding import Unreadable, glance, picture
from nnstudio.data.images.shaping import Shaping
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources import image_folder
from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.data.watch import Watch
from nnstudio.errors import Cancelled, FileError
from nnstudio.task import Task
from tests.data.makers import write_npz
from tests.data.pictures import (
    READABLE,
    UNREADABLE,
    encoded,
    flat,
    noise,
    png,
    transparent,
    turned,
    write,
    write_folder,
)


def source_of(path: Path) -> ImageFolder:
    source = recipe_for(path).source
    assert isinstance(source, ImageFolder)
    return source


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        load(recipe_for(path))
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name}: expected ") and ", found " in sentence
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


def colour_source(folder: Path) -> ImageFolder:
    return ImageFolder(str(folder), colour="colour", size=(9, 9))


def test_each_folder_is_a_class_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    write_folder(tmp_path, ("10", "2", "1"))
    raw = source_of(tmp_path).read()
    assert raw.class_names == ("1", "2", "10") and raw.y.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert raw.task is Task.MANY_CLASSES and raw.name == tmp_path.name and not raw.notes
    assert np.array_equal(raw.x[4], noise(100, 8, 8))  # the first of class 2


def test_files_are_in_the_order_of_their_names_not_of_the_disk(tmp_path: Path, monkeypatch: Any) -> None:
    write_folder(tmp_path, count=12)
    first = source_of(tmp_path).read()
    entries = os.scandir

    class Backwards(list[Any]):
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            self.clear()

    monkeypatch.setattr(os, "scandir", lambda path: Backwards(reversed(list(entries(path)))))
    again = source_of(tmp_path).read()
    assert np.array_equal(first.x, again.x) and np.array_equal(first.x[10], noise(10, 8, 8))


def test_equal_recipes_load_equal_bits(tmp_path: Path) -> None:
    recipe = recipe_for(write_folder(tmp_path, count=30))
    one, other = load(recipe), load(recipe)
    assert one.training.x.tobytes() == other.training.x.tobytes()
    assert one.test.y.tobytes() == other.test.y.tobytes() and len(one.test) == 12


@pytest.mark.parametrize("names", [("train", "test"), ("Training", "testing"), ("train", "val")])
def test_folders_called_train_and_test_are_the_parts(tmp_path: Path, names: tuple[str, str]) -> None:
    for name, count in zip(names, (5, 2), strict=True):
        write_folder(tmp_path / name, count=count)
    data = load(recipe_for(tmp_path))
    assert (len(data.training), len(data.test)) == (10, 4) and data.class_names == ("cat", "dog")
    assert ("val test" in data.notes) == ("val" in names)


def test_what_validates_trains_where_there_is_a_test_part(tmp_path: Path) -> None:
    for name, count in (("train", 5), ("validation", 3), ("test", 2)):
        write_folder(tmp_path / name, count=count)
    data = load(recipe_for(tmp_path))
    assert (len(data.training), len(data.test)) == (16, 4) and "validation train as well" in data.notes


def test_a_folder_around_the_folders_is_passed_through(tmp_path: Path) -> None:
    write_folder(tmp_path / "animals" / "images")
    assert load(recipe_for(tmp_path)).class_names == ("cat", "dog")


def test_deeper_folders_belong_to_the_class_and_are_told(tmp_path: Path) -> None:
    write_folder(tmp_path)
    write(tmp_path, "cat/2019/summer/x.png", png(noise(1, 8, 8)))
    raw = source_of(tmp_path).read()
    assert np.bincount(raw.y).tolist() == [5, 4] and "1 class has folders in it" in raw.notes


def test_hidden_files_and_those_of_other_systems_are_not_seen(tmp_path: Path) -> None:
    write_folder(tmp_path)
    for name in (
        "cat/Thumbs.db",
        "cat/.DS_Store",
        ".git/x.png",
        "cat/._1.png",
        "__MACOSX/a.png",
        "cat/a.txt",
    ):
        write(tmp_path, name, b"nothing")
    raw = source_of(tmp_path).read()
    assert len(raw.x) == 8 and not raw.notes


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_out_of_the_folder_and_circles_are_not_followed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in")
    secret = write(tmp_path, "secret.png", png(noise(7, 8, 8)))
    (folder / "cat" / "out.png").symlink_to(secret)
    (folder / "cat" / "gone.png").symlink_to(tmp_path / "nowhere.png")
    (folder / "dog" / "circle").symlink_to(folder)
    (folder / "dog" / "inside.png").symlink_to(folder / "cat" / "0.png")
    raw = source_of(folder).read()
    assert np.bincount(raw.y).tolist() == [4, 5] and "3 links that lead out" in raw.notes


def test_a_pipe_is_no_picture_and_holds_nothing_up(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(write_folder(tmp_path) / "cat" / "pipe.png")
    assert len(source_of(tmp_path).read().x) == 8


def test_a_closed_folder_is_told_and_the_others_are_read(tmp_path: Path, monkeypatch: Any) -> None:
    write_folder(tmp_path, ("cat", "dog", "owl"))
    entries = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path).name == "owl":  # raised by hand: the tests may run as a user whom nothing is forbidden
            raise PermissionError(13, "denied")
        return entries(path)

    monkeypatch.setattr(os, "scandir", refuse)
    raw = source_of(tmp_path).read()
    assert raw.class_names == ("cat", "dog") and "could not be read: owl" in raw.notes


@pytest.mark.parametrize("name", READABLE)
def test_pictures_of_every_kind_are_read(tmp_path: Path, name: str) -> None:
    make, middle = READABLE[name]
    write_folder(tmp_path)
    write(tmp_path, f"a/{name}", make())
    raw = colour_source(tmp_path).read()
    assert raw.x.shape == (9, 9, 9, 3) and raw.class_names[0] == "a" and not raw.notes
    assert np.abs(raw.x[0, 4, 4].astype(int) - middle).max() <= 2


@pytest.mark.parametrize("name", UNREADABLE)
def test_pictures_that_cannot_be_read_are_skipped_and_told(tmp_path: Path, name: str) -> None:
    make, reason = UNREADABLE[name]
    write_folder(tmp_path)
    write(tmp_path, f"cat/{name}", make())
    tracemalloc.start()
    raw = source_of(tmp_path).read()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(raw.x) == 8 and np.bincount(raw.y).tolist() == [4, 4]
    assert f"1 image could not be read: {name} (" in raw.notes and reason in raw.notes
    assert peak < 2**26


def test_the_first_ten_that_cannot_be_read_are_named_with_their_number(tmp_path: Path) -> None:
    write_folder(tmp_path)
    for number in range(12):
        write(tmp_path, f"cat/bad {number}.png", b"")
    notes = source_of(tmp_path).read().notes
    assert "12 images could not be read: bad 0.png (an empty file), bad 1.png" in notes
    assert "bad 9.png" in notes and "bad 10.png" not in notes


def test_the_rest_stays_with_its_class_when_pictures_are_skipped(tmp_path: Path) -> None:
    write_folder(tmp_path, count=3000, side=2)
    for number in range(0, 3000, 7):
        write(tmp_path, f"cat/{number}.png", b"")
    raw = ImageFolder(str(tmp_path), size=(2, 2)).read()
    expected = [noise(number, 2, 2) for number in range(3000) if number % 7]
    expected += [noise(100 + number, 2, 2) for number in range(3000)]
    assert np.array_equal(raw.x, expected) and np.bincount(raw.y).tolist() == [2571, 3000]


def test_a_class_without_readable_pictures_is_no_class(tmp_path: Path) -> None:
    write_folder(tmp_path, ("cat", "dog", "owl"), count=1)
    write(tmp_path, "cat/0.png", b"")
    (tmp_path / "void").mkdir()
    raw = source_of(tmp_path).read()
    assert raw.class_names == ("dog", "owl") and raw.y.tolist() == [0, 1]
    assert "Without an image left: cat." in raw.notes


def test_pictures_lie_as_the_camera_was_held(tmp_path: Path) -> None:
    write(tmp_path, "a/turned.jpg", turned())
    write(tmp_path, "b/turned.jpg", turned())
    source = source_of(tmp_path)
    assert source.size == (24, 32)  # 32 high and 24 wide as it lies in the file
    picture = source.read().x[0].astype(int)
    assert picture[:, :10].mean() > 245 and picture[:, -10:].mean() < 10


@pytest.mark.parametrize("fit", ["fit with border", "crop", "stretch"])
@pytest.mark.parametrize("background", ["white", "black"])
def test_the_three_ways_to_resize_differ_as_they_say(tmp_path: Path, fit: str, background: str) -> None:
    stripes = np.repeat(np.array([0] * 10 + [100] * 10 + [200] * 10, np.uint8)[None], 10, axis=0)
    write(tmp_path, "a/x.png", png(stripes))
    write(tmp_path, "b/x.png", png(stripes))
    picture = ImageFolder(str(tmp_path), size=(10, 10), fit=fit, background=background).read().x[0]
    ground = 255 if background == "white" else 0
    expected = {
        "fit with border": (ground, 100, 0, 200),
        "crop": (100, 100, 100, 100),
        "stretch": (100, 100, 0, 200),
    }[fit]
    assert (picture[0, 5], picture[5, 5], picture[5, 0], picture[5, 9]) == expected


def test_ink_on_nothing_gets_the_ground_that_shows_it(tmp_path: Path) -> None:
    bright = np.zeros((9, 9, 4), np.uint8)
    bright[3:6, 3:6] = 255
    for name, content, ground in (("dark", transparent(), "white"), ("bright", png(bright), "black")):
        for of_class in "ab":
            write(tmp_path / name, f"{of_class}/ink.png", content)
        source = source_of(tmp_path / name)
        assert source.background == ground
        assert np.ptp(source.read().x[0].astype(int)) == 255


PROPOSALS: dict[str, tuple[list[Any], str, tuple[int, int]]] = {
    "small grey ones": ([noise(1, 28, 28)], "grey", (28, 28)),
    "tiny ones": ([noise(1, 8, 8)], "grey", (8, 8)),
    "grey ones of many sizes": ([noise(n, 20 + n, 30 - n) for n in range(9)], "grey", (28, 28)),
    "small colour ones": ([noise(1, 32, 32, 3)], "colour", (32, 32)),
    "grey ones written as colour": ([np.repeat(noise(1, 32, 32, 1), 3, axis=2)], "grey", (32, 32)),
    "large ones": ([noise(1, 90, 120, 3)], "colour", (48, 64)),
    "large ones of many sizes": ([noise(n, 90 + n, 120 - n, 3) for n in range(9)], "colour", (64, 64)),
}


@pytest.mark.parametrize("pictures,colour,size", PROPOSALS.values(), ids=PROPOSALS)
def test_size_and_colour_are_proposed(
    tmp_path: Path, pictures: list[Any], colour: str, size: tuple[int, int]
) -> None:
    for name in "ab":
        for number, pixels in enumerate(pictures):
            write(tmp_path, f"{name}/{number}.png", png(pixels))
    source = source_of(tmp_path)
    assert (source.colour, source.size, source.fit) == (colour, size, "fit with border")


def test_what_would_not_fit_into_the_memory_is_refused_or_proposed_smaller(
    tmp_path: Path, monkeypatch: Any
) -> None:
    write_folder(tmp_path, side=64)
    monkeypatch.setattr(image_folder, "LIMIT_BYTES", 10_000)
    monkeypatch.setattr(proposal, "LIMIT_BYTES", 10_000)
    assert source_of(tmp_path).size == (27, 27)
    with pytest.raises(FileError, match="8 grey images of 64 x 64 pixels.*Choose a smaller size"):
        ImageFolder(str(tmp_path), size=(64, 64)).read()


LISTS: dict[str, tuple[str, str]] = {
    "with a header": ("labels.csv", "file,label\n1.png,cat\n2.png,dog\n3.png,cat\n"),
    "without one": ("labels.csv", "1.png,cat\n2.png,dog\n3.png,cat\n"),
    "semicolons and quotes": ("labels.csv", 'id;"class"\n"1.png";"cat"\n"2.png";"dog"\n"3.png";"cat"\n'),
    "tabs": ("labels.tsv", "1.png\tcat\n2.png\tdog\n3.png\tcat\n"),
    "spaces": ("labels.txt", "1.png cat\n2.png dog\n\n3.png cat\n"),
    "names without ending": ("labels.csv", "id,breed\n1,cat\n2,dog\n3,cat\n"),
    "the class first": ("labels.csv", "label,image\ncat,1.png\ndog,2.png\ncat,3.png\n"),
    "more columns": ("labels.csv", "image,width,label\n1.png,5,cat\n2.png,6,dog\n3.png,7,cat\n"),
    "one-hot columns": ("labels.csv", "image,cat,dog\n1.png,1.0,0.0\n2.png,0.0,1.0\n3.png,1.0,0.0\n"),
    "paths": ("labels.csv", "./1.png,cat\n.\\2.png,dog\n3.PNG,cat\n"),
    "any single list": ("animals.csv", "1.png,cat\n2.png,dog\n3.png,cat\n"),
    "a byte order mark": ("labels.csv", "\ufefffile,label\n1.png,cat\n2.png,dog\n3.png,cat\n"),
}


@pytest.mark.parametrize("name,text", LISTS.values(), ids=LISTS)
def test_a_list_gives_the_classes_of_a_flat_folder(tmp_path: Path, name: str, text: str) -> None:
    for number in (1, 2, 3):
        write(tmp_path, f"{number}.png", png(noise(number, 8, 8)))
    write(tmp_path, name, text.encode())
    source = source_of(tmp_path)
    raw = source.read()
    assert source.labels == name and raw.class_names == ("cat", "dog") and raw.y.tolist() == [0, 1, 0]
    assert np.array_equal(raw.x[1], noise(2, 8, 8)) and not raw.notes


def test_rows_and_images_without_each_other_are_counted_and_told(tmp_path: Path) -> None:
    for number in (1, 2, 3, 4):
        write(tmp_path, f"{number}.png", png(noise(number, 8, 8)))
    rows = "1.png,cat\n2.png,dog\nmissing.png,cat\ngone.png,dog\n1.png,dog\n4.png,\n"
    write(tmp_path, "labels.csv", rows.encode("latin-1"))
    raw = source_of(tmp_path).read()
    assert raw.y.tolist() == [0, 1]
    assert "2 rows of labels.csv name no image that is there." in raw.notes
    assert "1 row of labels.csv names an image again; the first counts." in raw.notes
    assert "2 images have no class in labels.csv: 3.png, 4.png." in raw.notes


def test_a_list_may_lie_beside_the_folder_of_the_images(tmp_path: Path) -> None:
    for number, name in enumerate(("a", "b")):
        write(tmp_path, f"images/{name}.jpg", encoded(Image.fromarray(noise(number, 40, 40)), "JPEG"))
    write(tmp_path, "labels.csv", "bär,a.jpg\nCafé,b.jpg\n".encode("latin-1"))
    assert source_of(tmp_path).read().class_names == ("bär", "Café")


def test_each_part_may_have_its_own_list(tmp_path: Path) -> None:
    for part, count in (("train", 4), ("test", 2)):
        for number in range(count):
            write(tmp_path, f"{part}/{number}.png", png(noise(number, 8, 8)))
        write(
            tmp_path, f"{part}/labels.csv", "\n".join(f"{n}.png,{'ab'[n % 2]}" for n in range(count)).encode()
        )
    data = load(recipe_for(tmp_path))
    assert (len(data.training), len(data.test)) == (4, 2) and not data.notes


WRONG_LISTS = {
    "empty": (b"", "an empty file"),
    "other names": (b"x.png,cat\ny.png,dog\n", "none of them"),
    "one column": (b"1.png\n2.png\n", "a single column"),
    "one class": (b"1.png,cat\n2.png,cat\n", "only one, cat"),
    "no classes": (b"1.png,\n2.png,\n", "3 images without a class"),
    "mixed encodings": (b"image,cat,dog,owl\n1.png,1,0,0\n2.png,0,0,1\n3.png,1,1,0\n", "1 row of 3"),
    "zeros": (bytes(5000), "none of them"),
    "a quote without end": (b'1.png,"' + b"x" * 200_000, "a cell without end"),
}


@pytest.mark.parametrize("content,found", WRONG_LISTS.values(), ids=WRONG_LISTS)
def test_lists_that_name_no_classes_are_refused(tmp_path: Path, content: bytes, found: str) -> None:
    for number in (1, 2, 3):
        write(tmp_path, f"{number}.png", png(noise(number, 8, 8)))
    write(tmp_path, "labels.csv", content)
    with pytest.raises(FileError) as caught:
        load(recipe_for(tmp_path))
    assert found in str(caught.value)


def test_images_without_any_class_are_refused_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "1.png", png(noise(1, 8, 8)))
    write(tmp_path, "2.png", png(noise(2, 8, 8)))
    assert "found 2 images without a class. Put the images of each class into a folder" in refusal(tmp_path)


def test_one_class_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path, ("cat",))
    assert "found only one, cat" in refusal(tmp_path)


def test_nothing_readable_is_refused_with_the_number(tmp_path: Path) -> None:
    for name in ("cat/1.png", "dog/1.png"):
        write(tmp_path, name, b"")
    assert "found none; 2 images could not be read" in refusal(tmp_path)


def test_a_single_image_is_refused_with_the_way_to_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "cat.png", flat((1, 2, 3)))
    assert "found a PNG picture. Open the folder" in refusal(path)


def test_a_folder_with_images_and_arrays_is_what_makes_a_whole_data_set(tmp_path: Path) -> None:
    write_npz(tmp_path / "data.npz")
    write(tmp_path, "picture.png", png(noise(1, 8, 8)))
    assert recipe_for(tmp_path).source.place.endswith("data.npz")
    write_folder(tmp_path)
    assert isinstance(recipe_for(tmp_path).source, ImageFolder)
    assert "1 image beside the folders of the classes has no class." in source_of(tmp_path).read().notes


def test_more_files_than_a_data_set_has_are_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("nnstudio.data.images.files._MOST_FILES", 5)
    assert "at most 5 files" in refusal(write_folder(tmp_path))


def test_more_classes_than_can_be_told_apart_are_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(image_folder, "MOST_CLASSES", 2)
    assert "found 3, such as a and b" in refusal(write_folder(tmp_path, ("a", "b", "c")))


def test_another_size_reads_the_same_files_anew(tmp_path: Path) -> None:
    recipe = recipe_for(write_folder(tmp_path))
    assert isinstance(recipe.source, ImageFolder)
    data = load(replace(recipe, source=replace(recipe.source, size=(5, 6), colour="colour")))
    assert data.facts.sample_shape == (5, 6, 3)


class Stopping(Watch):
    """Says how far it is, and stops the work at a share."""

    def __init__(self, at: float) -> None:
        self.at, self.shares = at, list[float]()
        self.stopped = False

    def told(self, share: float | None, words: str = "") -> None:
        if share is not None:
            self.shares.append(share)
            self.stopped = share >= self.at
        self.go_on()

    def cancelled(self) -> bool:
        return self.stopped


def test_progress_runs_to_the_end_and_cancel_stops_all_threads(tmp_path: Path, monkeypatch: Any) -> None:
    source = ImageFolder(str(write_folder(tmp_path, count=400, side=2)), size=(2, 2))
    watch = Stopping(at=2.0)
    source.read(watch)
    assert watch.shares == sorted(watch.shares) and watch.shares[-1] == 1.0
    calls = []

    def slowly(*_: Any) -> Any:
        calls.append(1)
        time.sleep(0.001)
        return np.zeros((2, 2), np.uint8)

    monkeypatch.setattr(reading, "picture", slowly)
    with pytest.raises(Cancelled):
        source.read(Stopping(at=0.01))
    assert len(calls) < 600
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pictures")]


def test_a_file_that_goes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: Any) -> None:
    recipe = recipe_for(write_folder(tmp_path))
    found = layout.layout_of(tmp_path, "")
    (tmp_path / "cat" / "0.png").unlink()
    monkeypatch.setattr(image_folder, "layout_of", lambda *_: found)
    assert "0.png (gone)" in load(Recipe(recipe.source)).notes


PIXELS = noise(3, 12, 12, 3)
WHOLE_FILES = {
    kind: encoded(Image.fromarray(PIXELS), kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
}


@given(st.sampled_from(sorted(WHOLE_FILES)), st.binary(max_size=30), st.integers(0, 2000), st.booleans())
def test_no_damage_to_a_picture_ends_in_anything_but_a_reason(
    tmp_path_factory: Any, kind: str, damage: bytes, place: int, torn: bool
) -> None:
    content = WHOLE_FILES[kind]
    place = min(place, len(content))
    path = tmp_path_factory.getbasetemp() / "damaged.png"
    path.write_bytes(content[:place] + damage + (b"" if torn else content[place + len(damage) :]))
    for look in (lambda: picture(path, Shaping("colour", 8, 8)), lambda: glance(path)):
        with suppress(Unreadable):
            look()


@given(st.binary(max_size=200), st.sampled_from(["labels.csv", "labels.tsv", "labels.txt"]))
def test_no_list_ends_in_anything_but_a_sentence(tmp_path_factory: Any, content: bytes, name: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "any list"
    write(folder, "1.png", png(noise(1, 4, 4)))
    write(folder, "2.png", png(noise(2, 4, 4)))
    file = write(folder, name, b"1.png,a\n2.png,b\n" + content)
    with suppress(FileError):
        load(recipe_for(folder))
    file.unlink()


def test_a_frame_that_is_larger_than_its_screen_is_a_bomb_too(tmp_path: Path) -> None:
    write_folder(tmp_path)
    screen = b"GIF89a\x0a\0\x0a\0\x80\0\0\0\0\0\xff\xff\xff"
    write(tmp_path, "cat/bomb.gif", screen + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x04\x84\x8f\xa9\xcb\0;")
    assert "bomb.gif (too large)" in source_of(tmp_path).read().notes

"""MNIST and Fashion-MNIST: fetched once, read without a network after that, and known by what is in them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.raw import Raw
from nnstudio.data.recipe import Recipe
from nnstudio.data.remote import MIRRORS_VARIABLE
from nnstudio.data.sources.fashion_mnist import FashionMnist
from nnstudio.data.sources.fetched import Fetched
from nnstudio.data.sources.known import known
from nnstudio.data.sources.mnist import Mnist
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.errors import FileError
from nnstudio.task import Task
from tests.data import web
from tests.data.makers import complete_mnist, images, labels
from tests.data.web import FIRST, Exchange, Server, small_collection


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that has small files, which both sources come from, and a data folder that is empty."""
    server = Server(web.well)
    for source in (Mnist, FashionMnist):
        monkeypatch.setattr(source, "collection", small_collection(server.base))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield server
    server.stop()


@pytest.mark.parametrize("source", [Mnist(), FashionMnist()], ids=["mnist", "fashion"])
def test_a_source_is_fetched_once_and_read_without_a_network_after_that(
    server: Server, source: Fetched
) -> None:
    assert not source.fetched and source.download_size == sum(map(len, web.PACKED.values()))
    data = load(Recipe(source))
    assert source.fetched and len(server.asked) == 4
    assert (data.name, data.class_names) == (source.title, source.class_names)
    assert np.array_equal(data.test.x, images(40)) and np.array_equal(data.training.y, labels(120))
    server.stop()
    again = load(Recipe(source))
    assert np.array_equal(again.training.x, data.training.x) and len(server.asked) == 4


def test_a_damaged_cache_is_fetched_again(server: Server) -> None:
    source = Mnist()
    load(Recipe(source))
    (source.folder / FIRST).write_bytes(b"\x1f\x8b damaged")
    assert len(load(Recipe(source)).training) == 120 and len(server.asked) == 5


def test_a_damaged_cache_without_a_network_is_a_sentence(server: Server) -> None:
    source = Mnist()
    load(Recipe(source))
    (source.folder / FIRST).write_bytes(b"\x1f\x8b damaged")
    server.way = web.status(503)
    with pytest.raises(FileError, match="has trouble of its own"):
        load(Recipe(source))


def test_what_is_built_in_needs_no_network() -> None:
    assert MnistSample().fetched and MnistSample().download_size == 0


def test_the_complete_mnist_of_a_mirror_that_packed_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = complete_mnist()

    def send(exchange: Exchange) -> None:
        content = (folder / exchange.name).read_bytes()
        exchange.head(200, len(content))
        exchange.wfile.write(content)

    server = Server(send)
    monkeypatch.setenv(MIRRORS_VARIABLE, f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    fetched, opened = load(Recipe(Mnist())), load(recipe_for(folder))
    server.stop()
    assert fetched.facts == opened.facts and fetched.name == "MNIST"
    assert np.array_equal(fetched.training.x, opened.training.x)


def test_the_complete_mnist_in_keras_file_is_called_so(tmp_path: Path) -> None:
    data = load(recipe_for(complete_mnist()))
    path = tmp_path / "my.npz"
    parts = {"train": data.training, "test": data.test}
    arrays = {f"{axis}_{name}": getattr(part, axis) for name, part in parts.items() for axis in "xy"}
    np.savez(path, **arrays)
    assert load(recipe_for(path)).name == "MNIST"


def clothes() -> Raw:
    """Labels like those of Fashion-MNIST, with pictures of nothing."""
    first = (9, 0, 0, 3, 0, 2, 7, 2, 5, 5), (9, 2, 1, 1, 6, 1, 4, 6, 5, 7)
    y, y_test = (
        np.concatenate((head, np.repeat(np.arange(10), size // 10 - np.bincount(head, minlength=10))))
        for head, size in zip(first, (60_000, 10_000), strict=True)
    )
    x, x_test = np.zeros((60_000, 28, 28), np.uint8), np.zeros((10_000, 28, 28), np.uint8)
    return Raw("folder", Task.MANY_CLASSES, x, y, tuple("0123456789"), x_test, y_test)


def test_clothes_are_known_by_their_labels() -> None:
    raw = known(clothes())
    assert raw.name == "Fashion-MNIST" and raw.class_names[0] == "T-shirt/top"


def test_what_only_looks_alike_keeps_its_own_name() -> None:
    raw = clothes()
    mixed = np.random.default_rng(1).permutation(raw.y)
    for other in (replace(raw, y=mixed), replace(raw, y=raw.y[::-1]), replace(raw, x=raw.x[:, 1:])):
        assert known(other).name == "folder"


def test_packed_files_of_the_cache_are_those_that_other_programs_expect(server: Server) -> None:
    """The folder can be opened from disk as it is."""
    source = Mnist()
    load(Recipe(source))
    assert gzip.decompress((source.folder / FIRST).read_bytes()) == web.CONTENTS[FIRST]
    assert load(recipe_for(source.folder)).facts.training_count == 120

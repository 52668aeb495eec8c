"""What --data takes: files, folders, and the names of data that are fetched or drawn."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnstudio.cli import main
from nnstudio.commands.opening import NAMED_SOURCES, Named, open_data
from nnstudio.data.recipe import Recipe
from nnstudio.data.remote import MIRRORS_VARIABLE
from nnstudio.data.sources.fashion_mnist import FashionMnist
from nnstudio.data.sources.mnist import Mnist
from nnstudio.errors import DataError, FileError
from tests.data import web
from tests.data.makers import write_idx_set
from tests.data.web import Server, small_collection
from tests.session.small import small_study


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server(web.well)
    for source in (Mnist, FashionMnist):
        monkeypatch.setattr(source, "collection", small_collection(server.base))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("name", "title"), [("sample", "MNIST sample"), ("mnist", "MNIST"), ("fashion-mnist", "Fashion-MNIST")]
)
def test_data_can_be_named(server: Server, name: str, title: str) -> None:
    assert open_data(Path(name), Recipe()).name == title


def test_a_folder_of_that_name_comes_first(server: Server) -> None:
    Path("mnist").mkdir()
    write_idx_set(Path("mnist"), training=60)
    assert len(open_data(Path("mnist"), Recipe()).training) == 60 and server.asked == []


def test_no_drawings_are_a_sentence(server: Server) -> None:
    with pytest.raises(DataError, match="Add to my drawings"):
        open_data(Path("drawings"), Recipe())


def test_a_recipe_that_cannot_be_fetched_says_how_to_name_other_data(server: Server) -> None:
    server.way = web.status(404)
    with pytest.raises(FileError, match=r"404, not found.*Or name other data with --data"):
        Named("model.h5", replace(small_study(), recipe=Recipe(Mnist())), None).data(None)


def test_a_terminal_sees_how_far_it_is_and_nothing_is_left_of_that(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    server.way, terminal = web.slowly, Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("nnstudio.commands.terminal_watch._REDRAW_SECONDS", 0.01)
    open_data(Path("mnist"), Recipe())
    drawn = terminal.getvalue().split("\r")
    assert any(" %  0." in line for line in drawn)
    assert drawn[-1] == "" and drawn[-2].strip() == ""


def test_what_is_no_terminal_is_spared_it(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.way = web.slowly
    open_data(Path("mnist"), Recipe())
    assert capsys.readouterr().err == ""


def test_without_a_network_the_command_line_says_what_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(MIRRORS_VARIABLE, "http://127.0.0.1:9 http://localhost:9/data/")
    assert main(["train", "--data", "fashion-mnist", "--output", str(tmp_path / "a.h5")]) == 2
    said = capsys.readouterr().err
    assert (
        "nnstudio: Fashion-MNIST could not be fetched: 127.0.0.1:9 refused the connection; localhost:9"
        in said
    )
    assert "open the files from disk instead" in said


@pytest.mark.parametrize("name", NAMED_SOURCES)
def test_the_help_names_what_data_there_are(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    assert name in capsys.readouterr().out

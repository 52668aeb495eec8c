"""Recipes change, are undone and redone, and the data follow in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources import Moons, Spirals
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.data.split import Split
from nnstudio.session import data_cache
from nnstudio.session.data_cache import DataCache
from nnstudio.session.recipe_words import recipe_step
from nnstudio.session.session import Session
from tests.data.makers import write_npz
from tests.session.small import small_dataset

MOONS = recipe_of(Moons(count=100))


def choose(qtbot: QtBot, session: Session, recipe: Recipe) -> None:
    session.choose_recipe(recipe)
    qtbot.waitUntil(lambda: session.dataset.recipe == recipe)


def with_seed(recipe: Recipe, seed: int) -> Recipe:
    return replace(recipe, split=replace(recipe.split, seed=seed))


def test_two_changes_that_follow_each_other_both_hold(qtbot: QtBot, session: Session) -> None:
    choose(qtbot, session, MOONS)
    session.change_recipe("split", "seed", 5)
    session.change_recipe("source", "noise", 0.2)
    assert session.recipe.split.seed == 5
    qtbot.waitUntil(lambda: session.dataset.recipe == session.recipe)
    recipe = session.document.study.recipe
    assert (recipe.split.seed, recipe.source) == (5, Moons(count=100, noise=0.2))


def test_turning_a_number_is_one_step_however_often_it_was_read(qtbot: QtBot, session: Session) -> None:
    choose(qtbot, session, MOONS)
    for seed in (1, 2, 3):
        choose(qtbot, session, with_seed(MOONS, seed))
    assert session.document.undo_stack.count() == 2
    assert session.document.undo_stack.undoText() == "set seed to 3"
    session.document.undo_stack.undo()
    assert session.dataset.recipe == MOONS


def test_undo_reads_again_what_is_not_in_memory_any_more(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_cache, "MOST_BYTES", 1)
    choose(qtbot, session, MOONS)
    x = session.dataset.training.x.copy()
    choose(qtbot, session, with_seed(MOONS, 8))
    session.document.undo_stack.undo()
    assert session.document.study.recipe == MOONS
    qtbot.waitUntil(lambda: session.dataset.recipe == MOONS)
    assert np.array_equal(session.dataset.training.x, x)
    assert session.document.undo_stack.canRedo()  # what was read again is no edit


def test_undo_and_redo_before_the_data_are_there_end_where_they_began(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_cache, "MOST_BYTES", 1)
    choose(qtbot, session, MOONS)
    choose(qtbot, session, with_seed(MOONS, 8))
    dataset = session.dataset
    session.document.undo_stack.undo()
    session.document.undo_stack.redo()
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert session.dataset is dataset and session.document.study.recipe == dataset.recipe
    assert session.document.undo_stack.count() == 2


def test_what_undo_cannot_read_any_more_is_told_and_other_data_do_not_stand_for_it(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_cache, "MOST_BYTES", 1)
    path = write_npz(tmp_path / "letters.npz")
    choose(qtbot, session, Recipe(ArrayFile(str(path))))
    choose(qtbot, session, MOONS)
    path.unlink()
    with qtbot.waitSignal(session.failed):
        session.document.undo_stack.undo()
    assert not len(session.dataset.training) and "letters.npz" in session.dataset.notes
    assert session.document.obstacle
    session.document.undo_stack.redo()
    qtbot.waitUntil(lambda: session.dataset.recipe == MOONS)
    assert len(session.dataset.training) == 80


def test_a_source_that_fails_keeps_the_open_data(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dataset = session.dataset
    recipe = Recipe(ArrayFile(str(tmp_path / "missing.npz")))
    with qtbot.waitSignal(session.failed) as failed:
        session.choose_recipe(recipe)
    assert "missing.npz" in failed.args[0]
    assert session.dataset is dataset and session.document.undo_stack.count() == 0
    assert session.reader.failure is not None and session.reader.failure[0].recipe == recipe
    assert session.reader.wanted is None


def test_cancelling_keeps_the_open_data(qtbot: QtBot, session: Session) -> None:
    session.choose_recipe(recipe_of(Spirals()))
    assert session.reader.wanted is not None
    session.reader.cancel()
    assert session.reader.wanted is None and session.recipe == session.document.study.recipe
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert session.dataset.name == "MNIST sample"


def test_memory_keeps_the_newest_data(monkeypatch: pytest.MonkeyPatch) -> None:
    first = small_dataset()
    others = [replace(first, recipe=with_seed(first.recipe, seed)) for seed in (1, 2)]
    apart = [
        replace(one, training=replace(one.training, x=one.training.x.copy()), test=first.test)
        for one in others
    ]
    monkeypatch.setattr(data_cache, "MOST_BYTES", 2 * first.training.x.nbytes + first.test.x.nbytes)
    cache = DataCache(first)
    for dataset in apart:
        cache.keep(dataset)
    assert cache.find(first.recipe) is None
    assert all(cache.find(one.recipe) is one for one in apart)


def step(before: Recipe, after: Recipe) -> str:
    return recipe_step(before, after).text


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (replace(MOONS, split=Split(test_share=0.3)), "set test share to 0.3"),
        (replace(MOONS, split=Split(left_out=("upper",))), "set left out to upper"),
        (replace(MOONS, source=Moons(count=100, noise=0.3)), "set noise to 0.3"),
        (replace(MOONS, source=Moons(count=9, noise=0.3)), "change how Moons is read"),
        (recipe_of(Spirals()), ""),
    ],
)
def test_steps_are_called_what_a_person_did(after: Recipe, words: str) -> None:
    assert step(MOONS, after) == words


def test_another_file_is_other_data() -> None:
    sources: list[Source] = [ArrayFile("/a.npz"), ArrayFile("/b.npz")]
    assert step(Recipe(sources[0]), Recipe(sources[1])) == ""

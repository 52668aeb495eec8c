"""Tests of engine.fit_input: a layer that looks numbers up needs those of the data."""

from __future__ import annotations

import pytest

from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LSTM, Dense, Dropout, Embedding, Flatten
from nnstudio.engine.problems import Severity
from nnstudio.task import DataFacts, Task

FACTS = DataFacts("sentences", (12,), Task.MANY_CLASSES, ("glad", "sad", "dull"))
END = Dense(units=3, activation="softmax")


def problems_of(design: Design) -> list[str]:
    return [problem.sentence for problem in check_design(design, FACTS).at("embedding")]


@pytest.mark.parametrize("before", [(), (Flatten(),)])
def test_an_embedding_of_the_data_is_fine(before: tuple[Layer, ...]) -> None:
    assert problems_of(design_of(*before, Embedding(), LSTM(), END)) == []


@pytest.mark.parametrize("before", [(Dropout(),), (Dense(units=12), Flatten())])
def test_an_embedding_behind_a_layer_that_changes_numbers_is_warned_of(before: tuple[Layer, ...]) -> None:
    design = design_of(*before, Embedding(), LSTM(), END)
    (problem,) = check_design(design, FACTS).at("embedding")
    assert problem.severity is Severity.WARNING
    assert before[0].keras_name() in problem.sentence
    mended = problem.fixes[0].apply(design)
    assert mended.names[0] == "embedding"
    assert sorted(mended.names) == sorted(design.names)
    assert problems_of(mended) == []

"""Every file of tests/keras_files: what opens does what it did in Keras, and the rest is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnstudio.engine.design import Design
from nnstudio.engine.layers import Dense, Dropout
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.progress import Epoch
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import evaluate, train
from nnstudio.errors import FileError
from nnstudio.experiments.study import Study
from nnstudio.formats.keras_files import read_model, weights_for
from tests.engine.helpers import ArraySamples
from tests.engine.keras_fixtures import NOT_RESUMED, WRONG_FIGURES
from tests.formats.keras_index import (
    ALONE,
    BRANCHING,
    BROKEN,
    FIXTURES,
    FOLDER,
    INDEX,
    OPENED,
    arrays_of,
    opened,
)

TOLERANCES = INDEX["tolerances"]
MOST_SECONDS, MOST_BYTES = 2.0, 300e6
RESUMED = [name for name in OPENED if "resume" in FIXTURES[name] and name not in NOT_RESUMED]


def figures(name: str, values: dict[str, float], theirs: dict[str, float]) -> tuple[Any, Any]:
    """Return ours and theirs where both have a figure under one name, the loss among them."""
    shared = [key for key in theirs if key in values and (name, key) not in WRONG_FIGURES]
    assert "loss" in shared
    return {key: values[key] for key in shared}, {key: theirs[key] for key in shared}


@pytest.mark.parametrize("name", OPENED)
def test_a_file_of_keras_predicts_and_evaluates_as_it_did_in_keras(name: str) -> None:
    model, arrays = opened(name), arrays_of(name)
    predictor = model.snapshot.predictor()
    found = predictor(arrays["x_pred"]).copy()
    np.testing.assert_allclose(found, arrays["y_pred"], rtol=0, atol=TOLERANCES["predict_abs"])
    if "evaluate" in FIXTURES[name]:
        values = evaluate(predictor, ArraySamples(arrays["x_eval"], arrays["y_eval"]))
        ours, theirs = figures(name, values, FIXTURES[name]["evaluate"])
        assert ours == pytest.approx(theirs, abs=TOLERANCES["evaluate_abs"])


@pytest.mark.parametrize("name", RESUMED)
def test_training_goes_on_as_it_did_in_keras(name: str) -> None:
    model, arrays, plan = opened(name), arrays_of(name), FIXTURES[name]["resume"]
    design = model.design
    if "dropout_rate" in plan["overrides"]:
        rate = plan["overrides"]["dropout_rate"]
        layers = (replace(one, rate=rate) if isinstance(one, Dropout) else one for one in design.layers)
        design = replace(design, layers=tuple(layers))
    samples = ArraySamples(arrays["x_train"], arrays["y_train"])
    settings = TrainingPlan(epochs=plan["epochs"], batch_size=plan["batch_size"], shuffle=False)
    state = RunState.start(design, settings, model.snapshot.input_shape, samples)
    assert model.optimizer_state is not None
    state.go_on_from(model.snapshot.parameters, model.optimizer_state)
    epochs = [event.values for event in train(state) if isinstance(event, Epoch)]
    for number, values in enumerate(epochs):
        theirs = {key: column[number] for key, column in plan["history"].items()}
        ours, wanted = figures(name, values, theirs)
        assert ours == pytest.approx(wanted, abs=TOLERANCES["resume_loss_abs"])
    found = state.network.predictor(arrays["x_pred"])
    np.testing.assert_allclose(found, arrays["r_y_pred"], rtol=0, atol=TOLERANCES["resume_weights_abs"])


def test_nearly_all_files_are_trained_on() -> None:
    assert len(OPENED) + len(BRANCHING) == len(INDEX["fixtures"]) == 58
    assert len(RESUMED) == 52


@pytest.mark.parametrize("name", BRANCHING)
def test_a_network_that_branches_is_refused_naming_the_branch(name: str) -> None:
    with pytest.raises(FileError, match=r'behind "inp" it branches to "h1", "add"; "add" joins "inp", "h1"'):
        opened(name)


@pytest.mark.parametrize("name", ALONE)
def test_weights_alone_need_the_layers_that_they_are_of(name: str) -> None:
    path, model = FOLDER / FIXTURES[name]["file"], opened(name)
    assert model.notes[0].startswith("The file holds weights alone")
    found = weights_for(model.design, model.snapshot.input_shape, path)
    assert found.tobytes() == model.snapshot.parameters.tobytes()
    with pytest.raises(FileError, match="holds weights without their network. Open or build the same layers"):
        read_model(path)
    other = Study(Design((Dense(5, name="other"),)))
    with pytest.raises(FileError, match="not those of the design that is open"):
        read_model(path, other, model.snapshot.input_shape)
    with pytest.raises(FileError, match=r"\.$"):
        weights_for(other.design, (7,), path)


# --- broken ones: each in a process of its own, so that its memory can be measured

CHILD = """
import json, os, sys, time
from pathlib import Path
from nnstudio.formats.keras_files import read_model
from nnstudio.errors import UserError

def result(path):
    before = time.process_time()
    try:
        model = read_model(path)
        found = {"opened": True, "notes": model.notes, "state": model.optimizer_state is not None}
    except UserError as error:
        found = {"opened": False, "sentence": str(error)}
    return {**found, "seconds": time.process_time() - before}

for name in sys.argv[1:]:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, json.dumps(result(Path(name))).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _, status, usage = os.wait4(child, 0)
    print(json.dumps({**json.loads(text or "{}"), "status": status, "bytes": usage.ru_maxrss * 1024}))
"""


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """What became of each broken file, what it took, and how its process ended."""
    paths = [str(FOLDER / "broken" / name) for name in BROKEN]
    command = [sys.executable, "-c", CHILD, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    return dict(zip(BROKEN, map(json.loads, done.stdout.splitlines()), strict=True))


def told_more(notes: list[str]) -> list[str]:
    return [note for note in notes if not note.startswith("nnstudio did not write this file")]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_as_expected(name: str, results: dict[str, Any]) -> None:
    found, expected = results[name], BROKEN[name]["expect"]
    assert found["status"] == 0
    assert found["seconds"] < MOST_SECONDS and found["bytes"] < MOST_BYTES
    if not found["opened"]:
        assert not expected.startswith(("accept", "load model"))
        sentence = found["sentence"]
        assert sentence.startswith(name) and sentence.endswith((".", "..."))
        assert sentence.isprintable() and 20 < len(sentence) < 700
        return
    assert " or " in expected or not expected.startswith(("reject", "(target"))
    if expected.startswith("load"):
        assert told_more(found["notes"])
    if "fresh optimizer" in expected:
        assert not found["state"] and "begins anew" in " ".join(found["notes"])


def test_all_broken_files_were_tried() -> None:
    assert len(BROKEN) == 110
    assert {path.name for path in (FOLDER / "broken").iterdir()} >= set(BROKEN)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("unknown_layer_class.h5", "MyCustomLayer"),
        ("depthwise_real__k3t.h5", "DepthwiseConv2D"),
        ("custom_layer_real__tfk.h5", "MyDense"),
    ],
)
def test_layers_that_nnstudio_has_not_are_named(name: str, kind: str) -> None:
    with pytest.raises(FileError, match=kind):
        read_model(FOLDER / "broken" / name)


def test_the_bytes_of_another_file_never_become_weights() -> None:
    for name in (name for name in BROKEN if name.startswith(("external_", "virtual_"))):
        with pytest.raises(FileError):
            read_model(FOLDER / "broken" / name)


def test_an_empty_state_is_a_fresh_one() -> None:
    model = opened("compiled_untrained__tfk")
    assert isinstance(model.optimizer_state, OptimizerState)
    assert (model.optimizer_state.iteration, model.optimizer_state.vectors) == (0, {})

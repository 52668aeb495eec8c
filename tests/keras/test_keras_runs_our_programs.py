"""Real Keras runs the programs that nnstudio exports: they build, fit and evaluate, and predict the same."""

from __future__ import annotations

import json
import os
import runpy
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
PACKAGE = os.environ.get("KERAS_PACKAGE", "keras")
keras = pytest.importorskip(
    f"{PACKAGE}.models", reason="Keras is not installed here; make test-keras brings it"
)

from nnstudio.data.dataset import Dataset, Samples  # noqa: E402
from nnstudio.data.recipe import Recipe  # noqa: E402
from nnstudio.data.scaler import Scaler  # noqa: E402
from nnstudio.engine.class_weights import Balanced  # noqa: E402
from nnstudio.engine.design import Design  # noqa: E402
from nnstudio.engine.plan import TrainingPlan  # noqa: E402
from nnstudio.engine.plateau import ReduceLROnPlateau  # noqa: E402
from nnstudio.engine.stopping import EarlyStopping  # noqa: E402
from nnstudio.experiments.study import Study  # noqa: E402
from nnstudio.formats.keras_calls import KERAS_3  # noqa: E402
from nnstudio.formats.keras_h5 import write_model  # noqa: E402
from nnstudio.formats.keras_script import data_for_scripts, keras_script  # noqa: E402
from nnstudio.task import DataFacts, Shape, Task  # noqa: E402
from tests.formats.registry_models import designs, model_of, small_design  # noqa: E402

pytestmark = [
    pytest.mark.keras,
    pytest.mark.skipif(PACKAGE == "tf_keras", reason="tf_keras cannot be imported as the program does"),
]
VERSION = KERAS_3
CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]


def data_for(shape: Shape, count: int = 30) -> Dataset:
    rng = np.random.default_rng(3)
    scaler = Scaler(np.array(0.5, np.float32), np.array(2, np.float32))
    samples = Samples(rng.random((count, *shape)).astype(np.float32), np.arange(count) % 3, scaler)
    facts = DataFacts("numbers", shape, Task.MANY_CLASSES, ("a", "b", "c"), 1, count, count)
    return Dataset(Recipe(), samples, samples, facts)


def program(design: Design, dataset: Dataset, plan: TrainingPlan | None = None) -> str:
    study = Study(design, plan or TrainingPlan(epochs=2, batch_size=10))
    return keras_script(study, dataset, VERSION, "a “network”", "net_data.npz")


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_keras_builds_the_network_that_the_file_holds(design: Design, shape: Shape, tmp_path: Path) -> None:
    model = model_of(design, shape)
    write_model(tmp_path / "net.h5", model)
    names: dict[str, Any] = {"__name__": "net"}
    exec(compile(program(design, data_for(shape)), "net.py", "exec"), names)
    built, opened = names["build_model"](), keras.load_model(tmp_path / "net.h5")
    ours, theirs = built.get_config()["layers"], opened.get_config()["layers"]
    for mine, other in zip(ours[-len(design.layers) :], theirs[-len(design.layers) :], strict=True):
        assert _plain(mine) == _plain(other)
    found, wanted = built.optimizer.get_config(), opened.optimizer.get_config()
    assert _plain({**found, "name": wanted["name"]}) == _plain(wanted)
    built.set_weights(opened.get_weights())
    x = data_for(shape).scaler.apply(data_for(shape).training.x)
    assert np.allclose(built.predict(x, verbose=0), opened.predict(x, verbose=0))


def _plain(config: Any) -> Any:
    """Return a config as JSON has it: a tuple and a list are one."""
    return json.loads(json.dumps(config))


def test_the_program_runs_from_data_to_a_saved_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = TrainingPlan(
        epochs=3,
        batch_size=10,
        early_stopping=EarlyStopping(),
        reduce_on_plateau=ReduceLROnPlateau(),
        class_weight=Balanced(),
    )
    dataset = data_for((7,))
    (tmp_path / "net.py").write_text(program(small_design(), dataset, plan), encoding="utf-8")
    np.savez(tmp_path / "net_data.npz", **data_for_scripts(dataset))
    monkeypatch.setattr(sys, "argv", ["net.py"])
    runpy.run_path(str(tmp_path / "net.py"), run_name="__main__")
    assert "accuracy" in capsys.readouterr().out
    assert keras.load_model(tmp_path / "net.keras").count_params() > 0


def test_a_regression_runs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nnstudio.engine.losses import MeanSquaredError

    design = small_design(MeanSquaredError())
    outputs = design.layers[-1].units  # type: ignore[attr-defined]
    dataset = data_for((7,))
    y = np.random.default_rng(1).random((30, outputs)).astype(np.float32)
    facts = replace(dataset.facts, task=Task.REGRESSION, class_names=(), outputs=outputs)
    samples = replace(dataset.training, y=y)
    dataset = replace(dataset, training=samples, test=samples, facts=facts)
    (tmp_path / "net.py").write_text(program(design, dataset), encoding="utf-8")
    np.savez(tmp_path / "net_data.npz", **data_for_scripts(dataset))
    monkeypatch.setattr(sys, "argv", ["net.py"])
    runpy.run_path(str(tmp_path / "net.py"), run_name="__main__")
    assert (tmp_path / "net.keras").is_file()

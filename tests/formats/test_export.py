"""An export predicts what the network predicts, or leaves what was there as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.data.load import load
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import Guess
from nnstudio.errors import FileError
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats import export as module
from nnstudio.formats.export import H5, KINDS, NUMPY, ExportChoices, export, notes_on, target_of
from nnstudio.formats.keras_files import read_model
from tests.formats.kinds import KINDS_HERE

STUDY = Study(design_of(Flatten(), Dense(6, activation="relu"), Dense(10, activation="softmax")))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(STUDY.recipe)


@pytest.fixture(scope="module")
def model(dataset: Dataset) -> TrainedModel:
    snapshot = Network(STUDY.design, (28, 28)).snapshot()
    return TrainedModel(
        STUDY, snapshot, History.of(STUDY.design), dataset.class_names, fitted=Fitted.of(dataset)
    )


@pytest.mark.parametrize("kind", KINDS_HERE)
def test_each_kind_is_written_with_its_ending_and_what_belongs_to_it(
    tmp_path: Path, model: TrainedModel, dataset: Dataset, kind: str
) -> None:
    done = export(tmp_path / "net", model, dataset, ExportChoices(kind))
    assert done.path.name == f"net{KINDS[kind]}" and done.path.is_file()
    assert all(file.is_file() for file in done.files) and done.snippet
    assert done.difference is None or (done.difference < 1e-6 and done.count == 100)
    assert {file.name for file in tmp_path.iterdir()} == {done.path.name, *(f.name for f in done.files)}


def test_the_preparation_says_how_pixels_become_inputs(
    tmp_path: Path, model: TrainedModel, dataset: Dataset
) -> None:
    export(tmp_path / "net.h5", model, dataset, ExportChoices())
    found = json.loads((tmp_path / "net.json").read_text(encoding="utf-8"))
    assert found["spread"] == 255 and found["offset"] is None and found["input_shape"] == [28, 28]
    assert found["class_names"] == list("0123456789") and len(found["how_to_use"]) == 2


def test_the_numpy_program_reads_raw_samples(tmp_path: Path, model: TrainedModel, dataset: Dataset) -> None:
    export(tmp_path / "net.py", model, dataset, ExportChoices(NUMPY))
    np.save(tmp_path / "raw.npy", dataset.test.x[:5])
    command = [sys.executable, "-I", "net.py", "raw.npy"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    wanted = model.snapshot.predictor()(dataset.scaler.apply(dataset.test.x[:5])).argmax(axis=1)
    assert [line.split("\t")[1] for line in done.stdout.splitlines()] == list(map(str, wanted))


@pytest.mark.parametrize("kind", [H5, NUMPY])
def test_a_failed_check_keeps_the_old_file(
    tmp_path: Path, model: TrainedModel, dataset: Dataset, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = target_of(tmp_path / "net", ExportChoices(kind))
    path.write_text("old")
    other = replace(model, snapshot=Network(STUDY.design, (28, 28), seed=99).snapshot())
    monkeypatch.setattr("nnstudio.formats.keras_h5.read_model", lambda path: other)
    monkeypatch.setattr(module, "weights_by_name", lambda snapshot: _other_weights(other))
    with pytest.raises(FileError, match="nothing was changed"):
        export(path, model, dataset, ExportChoices(kind))
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def _other_weights(other: TrainedModel) -> dict[str, np.ndarray]:
    from nnstudio.formats.numpy_script import weights_by_name

    return weights_by_name(other.snapshot)


def test_what_keras_will_do_otherwise_is_said_before(model: TrainedModel) -> None:
    guessing = replace(model, study=replace(STUDY, design=replace(STUDY.design, optimizer=Guess())))
    assert any("no Guess" in note for note in notes_on(guessing, ExportChoices()))
    assert any("left out" in note for note in notes_on(guessing, ExportChoices(old_slots=True)))
    assert any("cannot train" in note for note in notes_on(model, ExportChoices(old_slots=True)))
    assert notes_on(model, ExportChoices()) == ()


def test_an_exported_file_is_what_was_trained(tmp_path: Path, model: TrainedModel, dataset: Dataset) -> None:
    done = export(tmp_path / "net.hdf5", model, dataset, ExportChoices())
    found = read_model(done.path)
    assert found.fitted is not None and found.fitted.scaler.spread == 255
    assert found.class_names == dataset.class_names

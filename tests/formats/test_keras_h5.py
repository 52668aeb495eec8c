"""Tests of formats.keras_h5: models come back whole; wrong and hostile files are refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from nnstudio.data.preparation import NO_SCALING, Preparation
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Dropout
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.network import Snapshot
from nnstudio.engine.plan import TrainingPlan
from nnstudio.errors import FileError
from nnstudio.experiments.default import default_study
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats import keras_h5
from nnstudio.formats.column_json import fitted_to_json
from nnstudio.formats.keras_h5 import read_model, write_model
from nnstudio.paths import resource
from nnstudio.task import Shape
from tests.formats.registry_models import changed, designs, model_of, small_design

CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]


@pytest.fixture
def model() -> TrainedModel:
    return model_of(small_design(), (7,))


@pytest.fixture
def file(tmp_path: Path, model: TrainedModel) -> Path:
    path = tmp_path / "model.h5"
    write_model(path, model)
    return path


def assert_same(found: TrainedModel, wanted: TrainedModel) -> None:
    assert found.study == wanted.study
    assert found.snapshot.design == wanted.snapshot.design
    assert found.snapshot.input_shape == wanted.snapshot.input_shape
    assert found.snapshot.epoch == wanted.snapshot.epoch
    assert found.snapshot.parameters.tobytes() == wanted.snapshot.parameters.tobytes()
    assert found.class_names == wanted.class_names
    assert found.history.names == wanted.history.names
    np.testing.assert_array_equal(found.history.steps.rows(), wanted.history.steps.rows())
    np.testing.assert_array_equal(found.history.epochs.rows(), wanted.history.epochs.rows())
    assert found.notes == wanted.notes
    assert (found.fitted is None) == (wanted.fitted is None)
    if found.fitted is not None and wanted.fitted is not None:
        assert fitted_to_json(found.fitted) == fitted_to_json(wanted.fitted)


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_every_model_comes_back_bit_for_bit(design: Design, shape: Shape, tmp_path: Path) -> None:
    model = model_of(design, shape)
    write_model(tmp_path / "model.h5", model)
    assert_same(read_model(tmp_path / "model.h5"), model)


def test_everything_that_a_person_set_comes_back(tmp_path: Path, model: TrainedModel) -> None:
    metrics = tuple(metric() for metric in METRICS)
    design = design_of(Dense(3, name="größe 1"), Dropout(name="a/b"), metrics=metrics, input_shape=(7,))
    plan = changed(TrainingPlan)
    recipe = Recipe(ArrayFile("/somewhere/däta.npz"), preparation=Preparation(NO_SCALING))
    wanted = replace(model_of(design, (7,)), study=Study(design, plan, recipe), class_names=())
    write_model(tmp_path / "model.h5", wanted)
    assert_same(read_model(tmp_path / "model.h5"), wanted)


def test_a_model_that_never_learnt_comes_back(tmp_path: Path) -> None:
    model = model_of(design_of(Dropout()), (7,))
    empty = replace(
        model, snapshot=replace(model.snapshot, epoch=0.0), history=type(model.history)(("loss",))
    )
    write_model(tmp_path / "model.h5", empty)
    assert_same(read_model(tmp_path / "model.h5"), empty)


def test_frozen_layers_keep_their_places(tmp_path: Path) -> None:
    design = design_of(Dense(3, trainable=False), Dense(4), Dense(2, trainable=False))
    model = model_of(design, (7,))
    write_model(tmp_path / "model.h5", model)
    assert_same(read_model(tmp_path / "model.h5"), model)


def test_weights_that_are_not_finite_come_back_with_a_note(tmp_path: Path, model: TrainedModel) -> None:
    parameters = model.snapshot.parameters.copy()
    parameters[:2] = np.nan, np.inf
    broken = replace(model, snapshot=replace(model.snapshot, parameters=parameters))
    write_model(tmp_path / "model.h5", broken)
    found = read_model(tmp_path / "model.h5")
    assert found.snapshot.parameters.tobytes() == parameters.tobytes()
    assert found.notes == ('Layer "dense" holds 2 weights that are not finite numbers: train it anew.',)


def test_the_snapshot_that_was_read_cannot_be_changed(file: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        read_model(file).snapshot.parameters[0] = 1.0


def test_the_same_model_is_the_same_file(model: TrainedModel) -> None:
    assert keras_h5.model_bytes(model) == keras_h5.model_bytes(model)


def test_the_layout_is_that_of_keras(file: Path, model: TrainedModel) -> None:
    """Without the optimizer's state: with it Keras 3 could not train on."""
    with h5py.File(file) as found:
        assert set(found) == {"model_weights", "nnstudio"}
        assert found.attrs["keras_version"] == "2.15.0"
        assert list(found["model_weights"].attrs["layer_names"]) == ["dense", "dense_1"]
        group = found["model_weights/dense"]
        assert list(group.attrs["weight_names"]) == ["dense/kernel:0", "dense/bias:0"]
        kernel = group["dense/kernel:0"]
        assert kernel.dtype == np.dtype("<f4")
        np.testing.assert_array_equal(kernel[()], model.snapshot.weights()["dense"]["kernel"])


def test_a_failed_comparison_keeps_the_old_file(
    file: Path, model: TrainedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    other = model_of(small_design(), (7,), seed=4)
    monkeypatch.setattr(keras_h5, "model_bytes", lambda _, **choices: before)
    with pytest.raises(FileError, match="not what was read back"):
        write_model(file, other)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("place", ["missing/model.h5", "folder", "protected.h5"])
def test_what_cannot_be_written_changes_nothing(place: str, tmp_path: Path, model: TrainedModel) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "protected.h5").write_bytes(b"old")
    (tmp_path / "protected.h5").chmod(0o444)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileError):
        write_model(tmp_path / place, model)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "protected.h5").read_bytes() == b"old"


# --- files without nnstudio's part, and damaged ones


def edited(file: Path, change: Callable[[h5py.File], object]) -> Path:
    with h5py.File(file, "r+") as opened:
        change(opened)
    return file


def test_a_file_of_keras_alone_is_read_with_a_note(file: Path, model: TrainedModel) -> None:
    found = read_model(edited(file, lambda opened: opened.pop("nnstudio")))
    assert found.study == Study(replace(model.study.design, input_shape=(7,)))
    assert found.snapshot.parameters.tobytes() == model.snapshot.parameters.tobytes()
    assert found.history.names == ("loss", "accuracy")
    assert [note.split(",")[0] for note in found.notes] == [
        "nnstudio did not write this file",
        "The file does not hold what the optimizer remembered",
    ]


@pytest.mark.parametrize(
    "study",
    [
        "{",
        "[]",
        '{"format": 2}',
        '{"format": 1, "plan": 3}',
        '{"format": 1, "plan": {"epochs": 0}}',
        '{"format": 1, "plan": {}, "recipe": {}, "names": [1], "epoch": 1}',
        '{"format": 1, "plan": {}, "recipe": {}, "names": [], "class_names": [], "epoch": 1, '
        '"history": ["loss", "accuracy"], "unsaid": 3}',
    ],
)
def test_damage_in_nnstudios_part_leaves_a_model_and_a_note(file: Path, study: str) -> None:
    found = read_model(edited(file, attribute("nnstudio", "study", study)))
    assert found.study.plan == TrainingPlan()
    assert found.notes[0].startswith("What nnstudio noted beside the network cannot be read")


@pytest.mark.parametrize(
    "unsaid",
    [
        {"layers": 3},
        {"layers": {"7": {"class_name": "Dense", "config": {}}}},
        {"layers": {"0": {"class_name": "Flatten", "config": {}}}},
        {"layers": {"0": {"class_name": "Dense", "config": {"units": 5}}}},
        {"optimizer": {"class_name": "Adam", "config": {"beta_1": "much"}}},
        {"loss": None},
        {"metrics": "accuracy"},
    ],
)
def test_damage_in_what_keras_cannot_say_leaves_what_it_says(
    file: Path, unsaid: Any, model: TrainedModel
) -> None:
    def change(opened: h5py.File) -> None:
        attributes = opened["nnstudio"].attrs
        attributes["study"] = json.dumps(json.loads(attributes["study"]) | {"unsaid": unsaid})

    found = read_model(edited(file, change))
    assert found.study == model.study
    assert found.snapshot.parameters.tobytes() == model.snapshot.parameters.tobytes()
    assert [note.split(",")[0] for note in found.notes] == [
        "What nnstudio noted beside the network cannot be read"
    ]


def test_damage_in_how_to_learn_leaves_a_model_and_a_note(file: Path) -> None:
    found = read_model(edited(file, attribute("/", "training_config", "{")))
    assert found.notes[0].startswith("How to train cannot be read")
    found = read_model(edited(file, lambda opened: opened.attrs.pop("training_config")))
    assert found.notes[0].startswith("The file does not say how to train")


def attribute(where: str, name: str, value: Any) -> Callable[[h5py.File], None]:
    """Return an edit that sets an attribute of one group."""

    def change(file: h5py.File) -> None:
        file[where].attrs[name] = value

    return change


def config_with(key: str, value: Any, layer: int = 1) -> Callable[[h5py.File], None]:
    """Return an edit of one setting in Keras' description."""

    def change(file: h5py.File) -> None:
        config = json.loads(file.attrs["model_config"])
        config["config"]["layers"][layer]["config"][key] = value
        file.attrs["model_config"] = json.dumps(config)

    return change


def kernel_as(make: Callable[[h5py.Group], object]) -> Callable[[h5py.File], None]:
    """Return an edit that puts something else where the first kernel was."""

    def change(file: h5py.File) -> None:
        group = file["model_weights/dense/dense"]
        del group["kernel:0"]
        make(group)

    return change


def virtual(group: h5py.Group) -> None:
    layout = h5py.VirtualLayout((7, 4), "<f4")
    layout[...] = h5py.VirtualSource("other.h5", "x", (7, 4))
    group.create_virtual_dataset("kernel:0", layout)


def bomb(file: h5py.File) -> None:
    """Declare a gigabyte that takes a few kilobytes, in a description that agrees."""
    config_with("units", 2**15)(file)
    config_with("batch_input_shape", [None, 2**12], layer=0)(file)
    shape = (2**12, 2**15)
    options = {"dtype": "<f4", "chunks": (2**12, 2**12), "compression": "gzip"}
    kernel_as(lambda group: group.create_dataset("kernel:0", shape, **options))(file)
    bias = file["model_weights/dense/dense"]
    del bias["bias:0"]
    bias["bias:0"] = np.zeros(2**15, "<f4")
    del file["model_weights/dense_1/dense_1/kernel:0"]
    file["model_weights/dense_1/dense_1/kernel:0"] = np.zeros((2**15, 3), "<f4")


lists = np.empty(1, object)
lists[0] = np.arange(3, dtype="i4")
DAMAGE: dict[str, tuple[Callable[[h5py.File], object], str]] = {
    "no description": (lambda f: f.attrs.pop("model_config"), "holds weights without their network"),
    "description cut off": (attribute("/", "model_config", "{"), "cannot be read"),
    "description too deep": (attribute("/", "model_config", "[" * 10**6), "nested too deeply"),
    "description with NaN": (attribute("/", "model_config", '{"a": NaN}'), "NaN is no number"),
    "description is a number": (attribute("/", "model_config", 3), "is no text"),
    "description is lists": (
        lambda f: f.attrs.create("model_config", lists, (1,), h5py.vlen_dtype("i4")),
        "is no text",
    ),
    "no weights": (lambda f: f.pop("model_weights"), "no group model_weights"),
    "no list of layers": (lambda f: f["model_weights"].attrs.pop("layer_names"), "has no layer_names"),
    "list of numbers": (attribute("model_weights", "layer_names", [1, 2]), "is no text"),
    "a layer too few": (attribute("model_weights", "layer_names", ["dense"]), "those of 1"),
    "names lead out": (
        attribute("model_weights", "layer_names", ["../model_weights/dense", "dense_1"]),
        "no group ../model_weights",
    ),
    "another number of units": (config_with("units", 5), r"shape \(7, 4\); \(7, 5\) is expected"),
    "endless units": (config_with("units", 10**12), "Units must be"),
    "more than any memory": (config_with("units", 2**31 - 1), "numbers; nnstudio opens up to"),
    "a folder for an array": (kernel_as(lambda g: g.create_group("kernel:0")), "no array dense/kernel:0"),
    "no kernel": (kernel_as(lambda g: None), "no array dense/kernel:0"),
    "letters": (kernel_as(lambda g: g.create_dataset("kernel:0", data=[b"a"])), "not numbers"),
    "complex numbers": (kernel_as(lambda g: g.create_dataset("kernel:0", (7, 4), "c8")), "not numbers"),
    "soft link": (kernel_as(lambda g: g.__setitem__("kernel:0", h5py.SoftLink("/x"))), "is a link"),
    "link to itself": (
        kernel_as(lambda g: g.__setitem__("kernel:0", h5py.SoftLink("kernel:0"))),
        "is a link",
    ),
    "another file": (
        kernel_as(lambda g: g.__setitem__("kernel:0", h5py.ExternalLink("other.h5", "/x"))),
        "is a link",
    ),
    "bytes of another file": (
        kernel_as(
            lambda g: g.create_dataset("kernel:0", (7, 4), "<f4", external=[("/etc/hostname", 0, 112)])
        ),
        "lies in another file",
    ),
    "an array made of others": (kernel_as(virtual), "lies in another file"),
    "bomb": (bomb, "promises 536,870,912 bytes"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_refused_in_a_sentence(name: str, file: Path) -> None:
    change, words = DAMAGE[name]
    with pytest.raises(FileError, match=words) as caught:
        read_model(edited(file, change))
    assert str(caught.value).startswith("model.h5 ")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "found an empty file"),
        (b"a text that somebody named model.h5", "found other content"),
        (b"PK\x03\x04 and so on", "found a damaged zip archive"),
        (b"\x89HDF\r\n\x1a\n and so on", "found a damaged or incomplete file"),
    ],
)
def test_another_kind_of_file_is_refused_in_a_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "model.h5").write_bytes(content)
    with pytest.raises(FileError, match=rf"^model.h5: expected a Keras model \(.*\), {words}"):
        read_model(tmp_path / "model.h5")


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_model(tmp_path / "missing.h5")
    with pytest.raises(FileError, match="a folder"):
        read_model(tmp_path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.999])
def test_a_file_that_breaks_off_is_refused(share: float, file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])
    with pytest.raises(FileError, match="damaged or incomplete"):
        read_model(file)


def test_damage_at_which_hdf5_would_never_come_back_is_no_matter(file: Path, model: TrainedModel) -> None:
    """In the heap of texts the size of the free rest becomes 0."""
    content = bytearray(file.read_bytes())
    place = content.index(b"GCOL") + 16
    while int.from_bytes(content[place : place + 2], "little"):
        size = int.from_bytes(content[place + 8 : place + 16], "little")
        place += 16 + (size + 7) // 8 * 8
    content[place + 8 : place + 16] = bytes(8)
    file.write_bytes(content)
    assert_same(read_model(file), model)


def test_random_damage_is_refused_or_read_but_never_fails_otherwise(file: Path) -> None:
    content = file.read_bytes()
    rng = np.random.default_rng(0)
    for _ in range(300):
        damaged = np.frombuffer(content, np.uint8).copy()
        start = int(rng.integers(len(damaged) - 16))
        damaged[start : start + 16] = rng.integers(0, 256, 16)
        file.write_bytes(damaged.tobytes())
        try:
            assert isinstance(read_model(file).snapshot, Snapshot)
        except FileError as error:
            assert str(error).startswith("model.h5")


# --- what ships


def test_the_default_project_is_the_default_study_trained() -> None:
    found = read_model(resource("projects", "default.h5"))
    assert found.study == default_study()
    assert found.snapshot.epoch == found.study.plan.epochs == len(found.history.epochs)
    assert found.class_names == tuple("0123456789")
    assert found.notes == ()

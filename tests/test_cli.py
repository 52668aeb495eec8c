"""Tests of the command line: every verb end to end, in a process of its own, on a machine without Qt."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio import __version__
from nnstudio.cli import VERBS, main
from nnstudio.commands.convert import KIND_OF
from nnstudio.commands.options import KIND_NAMES
from nnstudio.commands.progress_line import ProgressLine
from nnstudio.data.fingerprint import fingerprint
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.progress import Epoch, Step
from nnstudio.experiments.default import default_study
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import run_of
from nnstudio.experiments.study import Study
from nnstudio.formats.export import KINDS
from nnstudio.formats.keras_h5 import read_model, write_model
from nnstudio.formats.onnx_file import can_write_onnx
from nnstudio.formats.project import write_project
from tests.formats.registry_models import model_of

# Runs the command line where any import of Qt fails, then says on stderr what was imported all the same.
RUNNER = """
import json, sys
from importlib.machinery import ModuleSpec

class NoQt:
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name in {"PySide6", "shiboken6", "pyqtgraph"} else None

    def create_module(self, spec):
        raise ImportError(f"{spec.name} cannot be loaded here")

    def exec_module(self, module):
        pass

sys.meta_path.insert(0, NoQt())
from nnstudio.cli import main
try:
    status = main(sys.argv[1:])
finally:
    print("MODULES", json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


class Done:
    """What a run printed, how it ended and what it imported."""

    def __init__(self, process: subprocess.CompletedProcess[str]) -> None:
        self.status = process.returncode
        self.lines = process.stdout.splitlines()
        before, _, modules = process.stderr.rpartition("MODULES ")
        self.errors = before
        self.modules = set(json.loads(modules)) if modules else set()


def nnstudio(*arguments: object, cwd: Path | None = None, **environ: str) -> Done:
    """Run the command line without Qt."""
    command = [sys.executable, "-c", RUNNER, *map(str, arguments)]
    here = os.fspath(Path(__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": here, **environ}
    return Done(subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env, timeout=100))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that learnt for one epoch."""
    path = tmp_path_factory.mktemp("models") / "model.h5"
    done = nnstudio("train", "--epochs", 1, "--batch-size", 64, "--seed", 3, "--output", path)
    assert done.status == 0, done.errors
    assert done.lines[-1] == f"wrote {path}"
    return path


@pytest.fixture(scope="module")
def other_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three classes of 4 x 4 pixels that are easily told apart."""
    path = tmp_path_factory.mktemp("data") / "three.npz"
    rng = np.random.default_rng(0)
    y = np.tile(np.arange(3, dtype=np.uint8), 60)
    x = rng.integers(0, 60, (len(y), 4, 4), dtype=np.uint8)
    x[np.arange(len(y)), y] += 190
    np.savez(path, x=x, y=y)
    return path


def assert_no_qt(done: Done) -> None:
    assert done.modules
    assert not {name for name in done.modules if name.split(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}}
    assert not {name for name in done.modules if name.startswith(("nnstudio.ui", "nnstudio.session"))}


# --- the verbs


def test_train_learns_what_the_command_line_says(model: Path) -> None:
    found = read_model(model)
    assert found.study.design == default_study().design
    assert (found.study.plan.epochs, found.study.plan.batch_size, found.study.plan.seed) == (1, 64, 3)
    assert found.snapshot.epoch == 1
    assert len(found.history.epochs) == 1
    assert len(found.history.steps) == 50
    assert found.class_names == tuple("0123456789")
    assert found.notes == ()


def test_the_same_seed_gives_the_same_network(model: Path, tmp_path: Path) -> None:
    options = ("--epochs", 1, "--batch-size", 64, "--seed", 3, "--output", tmp_path / "again.h5")
    done = nnstudio("train", *options)
    assert_no_qt(done)
    again = read_model(tmp_path / "again.h5").snapshot.parameters
    assert again.tobytes() == read_model(model).snapshot.parameters.tobytes()


def test_train_fits_the_default_network_to_other_data(other_data: Path, tmp_path: Path) -> None:
    target = tmp_path / "three.h5"
    rate = ("--learning-rate", 0.01)
    done = nnstudio("train", "--data", other_data, "--epochs", 8, *rate, "--output", target)
    assert done.status == 0, done.errors
    found = read_model(target)
    assert found.snapshot.input_shape == (4, 4)
    assert found.study.design.layers[-1].units == 3  # type: ignore[attr-defined]
    assert found.study.design.optimizer.learning_rate == 0.01
    result = nnstudio("evaluate", target)
    assert result.lines[-1] == "test accuracy: 100.00 %"


def test_train_validates_with_a_file_of_its_own(other_data: Path, tmp_path: Path) -> None:
    mine, target = tmp_path / "mine.npz", tmp_path / "three.h5"
    with np.load(other_data) as arrays:
        np.savez(mine, x=arrays["x"][:30], y=arrays["y"][:30])
    options = ("--data", other_data, "--epochs", 1, "--output", target)
    done = nnstudio("train", *options, "--validation", mine)
    assert done.status == 0, done.errors
    assert any("144 samples; 30 others validate" in line for line in done.lines)
    assert read_model(target).study.recipe.split.validation_path == str(mine)
    wrong = nnstudio("train", *options, "--validation", tmp_path / "none.npz")
    assert wrong.status and "none.npz" in wrong.errors


def test_train_takes_the_design_of_a_model_but_not_its_weights(model: Path, tmp_path: Path) -> None:
    done = nnstudio("train", "--model", model, "--seed", 4, "--output", tmp_path / "new.h5")
    assert done.status == 0, done.errors
    found = read_model(tmp_path / "new.h5")
    assert found.study.design == read_model(model).study.design
    assert found.study.plan.batch_size == 64
    assert found.snapshot.parameters.tobytes() != read_model(model).snapshot.parameters.tobytes()


def test_evaluate_tells_loss_and_accuracy(model: Path) -> None:
    done = nnstudio("evaluate", model)
    assert_no_qt(done)
    assert done.lines[0] == "model.h5 on MNIST sample: 1,000 test samples"
    assert re.fullmatch(r"test loss: \d\.\d{4}", done.lines[1])
    assert re.fullmatch(r"test accuracy: \d\d\.\d\d %", done.lines[2])


def test_predict_prints_a_line_per_sample(model: Path) -> None:
    done = nnstudio("predict", model, "--count", 7)
    assert_no_qt(done)
    assert done.lines[0].split() == ["sample", "predicted", "probability", "actual"]
    assert len(done.lines) == 8


def test_predict_writes_a_table_for_other_programs(model: Path) -> None:
    done = nnstudio("predict", model, "--count", 2000, "--csv")
    rows = list(csv.DictReader(done.lines))
    assert len(rows) == 1000
    right = sum(row["predicted"] == row["actual"] for row in rows)
    accuracy = nnstudio("evaluate", model).lines[-1]
    assert accuracy == f"test accuracy: {right / 10:.2f} %"
    assert all(0.1 <= float(row["probability"]) <= 1.0 for row in rows)


def test_inspect_shows_layers_and_plan(model: Path) -> None:
    done = nnstudio("inspect", model)
    assert_no_qt(done)
    text = "\n".join(done.lines)
    assert re.search(r"hidden_1 \(Dense\) +\(None, 512\) +401,920  units=512, activation=relu", text)
    assert "Total params: 669,706" in text
    assert "Optimizer: Adam(learning_rate=0.001" in text
    assert "Plan: epochs=1, batch_size=64" in text
    assert "Trained for: 1 epoch" in done.lines


@pytest.fixture(scope="module")
def project(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model as the run that a project shows."""
    path, opened = tmp_path_factory.mktemp("projects") / "digits.nnstudio", read_model(model)
    run = run_of(opened, "mine")
    study = replace(opened.study, plan=replace(opened.study.plan, epochs=2))
    write_project(path, Project(study, (run,), run.key, "more units?"))
    return path


@pytest.mark.parametrize("verb", [("evaluate",), ("predict", "--count", 20, "--csv")])
def test_a_project_predicts_as_the_run_that_it_shows(
    verb: tuple[object, ...], model: Path, project: Path
) -> None:
    found, wanted = (nnstudio(*verb, path) for path in (project, model))
    assert_no_qt(found)
    assert found.status == 0 and found.lines[1:] == wanted.lines[1:]


def test_inspect_shows_study_runs_and_notes_of_a_project(project: Path) -> None:
    done = nnstudio("inspect", project)
    assert_no_qt(done)
    text = "\n".join(done.lines)
    assert "Total params: 669,706" in text and "Plan: epochs=2, batch_size=64" in text
    assert "1 run:" in done.lines and "  more units?" in done.lines
    assert re.search(r"^\*.*finished +1 epoch +[0-9.]+ +1  mine$", text, re.MULTILINE)


def test_train_takes_the_study_of_a_project(project: Path, tmp_path: Path) -> None:
    done = nnstudio("train", "--model", project, "--epochs", 1, "--output", tmp_path / "new.h5")
    assert done.status == 0, done.errors
    assert read_model(tmp_path / "new.h5").study.plan.batch_size == 64


def test_data_that_moved_with_their_project_are_found(other_data: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "data").mkdir(parents=True)
    recipe = recipe_for(Path(shutil.copy(other_data, here / "data")))
    design = design_of(Flatten(), Dense(3, activation="softmax"))
    written = fingerprint(load(recipe))
    write_project(here / "three.nnstudio", Project(Study(design, recipe=recipe), fingerprint=written))
    here.rename(there)
    options = ("--epochs", 1, "--output", tmp_path / "a.h5")
    done = nnstudio("train", "--model", there / "three.nnstudio", *options)
    assert done.status == 0, done.errors
    assert read_model(tmp_path / "a.h5").study.recipe.source.place == str(there / "data" / "three.npz")
    (there / "data" / "three.npz").unlink()
    done = nnstudio("train", "--model", there / "three.nnstudio", *options)
    assert done.status == 2 and "Or name other data with --data." in done.errors


KERAS_FILES = Path(__file__).parent / "keras_files"


def test_inspect_tells_what_the_optimizer_of_keras_remembered() -> None:
    done = nnstudio("inspect", KERAS_FILES / "keras_v3_zip__k3t.keras")
    assert "Optimizer state: after 6 batches, momentum, velocity" in done.lines
    assert done.lines[-1].startswith("Note: nnstudio did not write this file")
    assert_no_qt(done)


@pytest.mark.parametrize(
    "name", ["keras_v3_zip__k3t.keras", "nested_sequential__k3t.h5", "variant_keras2_0_list_config.h5"]
)
def test_convert_writes_what_both_kerases_open(name: str, tmp_path: Path) -> None:
    target = tmp_path / "new.h5"
    done = nnstudio("convert", KERAS_FILES / name, target)
    assert (done.status, done.lines[0]) == (0, f"wrote {target}")
    assert done.lines[1:] == ["read back, it predicts 100 samples with a largest difference of 0"]
    before, after = read_model(KERAS_FILES / name), read_model(target)
    assert after.design == before.design
    assert after.snapshot.parameters.tobytes() == before.snapshot.parameters.tobytes()
    remembered = before.optimizer_state is not None
    assert ("What the optimizer remembered is not written" in done.errors) is remembered
    assert_no_qt(done)


def test_a_keras_file_keeps_what_the_optimizer_remembered(tmp_path: Path) -> None:
    source, target = KERAS_FILES / "opt_legacy_adam__tfk.h5", tmp_path / "new.keras"
    done = nnstudio("convert", source, target)
    assert done.status == 0 and "remembered" not in done.errors
    before, after = read_model(source).optimizer_state, read_model(target).optimizer_state
    assert before is not None and after is not None and before.iteration == after.iteration > 0
    for name, vector in before.vectors.items():
        assert after.vectors[name].tobytes() == vector.tobytes()


def test_convert_refuses_names_that_keras_does_not_open(tmp_path: Path) -> None:
    done = nnstudio("convert", KERAS_FILES / "keras_v3_zip__k3t.keras", tmp_path / "new.model")
    assert done.status == 2
    assert "Expected a name ending in one of .h5" in done.errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KIND_NAMES[:-1] if not can_write_onnx() else KIND_NAMES)
def test_convert_writes_every_kind(kind: str, model: Path, tmp_path: Path) -> None:
    target = tmp_path / f"new{KINDS[KIND_OF[kind]]}"
    done = nnstudio("convert", model, target, "--kind", kind)
    assert done.status == 0, done.errors
    assert_no_qt(done)
    assert {f"wrote {path}" for path in tmp_path.iterdir()} == {
        line for line in done.lines if line.startswith("wrote")
    }


@pytest.mark.skipif(can_write_onnx(), reason="onnx is installed here")
def test_convert_says_how_to_get_what_onnx_needs(model: Path, tmp_path: Path) -> None:
    done = nnstudio("convert", model, tmp_path / "new.onnx")
    assert done.status == 2 and 'pip install "nnstudio[onnx]"' in done.errors
    assert list(tmp_path.iterdir()) == []


def test_convert_knows_every_kind_there_is() -> None:
    assert set(KIND_OF.values()) == set(KINDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("new.h5", "--kind", "keras"), "Expected a name ending in .keras for --kind keras, found new.h5."),
        (("new.keras", "--old-slots"), "--old-slots is for .h5 files"),
        (("new.py", "--kind", "keras3-program", "--data", "nowhere"), "nowhere"),
    ],
)
def test_convert_refuses_what_does_not_go_together(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = nnstudio("convert", KERAS_FILES / "keras_v3_zip__k3t.keras", *arguments, cwd=tmp_path)
    assert done.status == 2 and sentence in done.errors
    assert list(tmp_path.iterdir()) == []


def test_a_keras_archive_evaluates_and_predicts_as_its_h5_does(model: Path, tmp_path: Path) -> None:
    archive = tmp_path / "model.keras"
    assert nnstudio("convert", model, archive, "--preparation").status == 0
    assert (tmp_path / "model.json").is_file()
    for verb in (("evaluate",), ("predict", "--count", 20, "--csv")):
        assert nnstudio(*verb, archive).lines[1:] == nnstudio(*verb, model).lines[1:]


def test_inspect_lists_weights_that_lie_alone() -> None:
    done = nnstudio("inspect", KERAS_FILES / "weights_only_legacy__tfk.h5")
    assert_no_qt(done)
    text = "\n".join(done.lines)
    assert re.search(r"dense/dense/kernel:0 +\(7, 6\) +42", text)
    assert "Numbers: 93 in 8 arrays" in done.lines and "without their network" in done.lines[-1]


def test_inspect_tells_of_a_foreign_file_no_plan_that_it_does_not_have() -> None:
    done = nnstudio("inspect", KERAS_FILES / "keras_v3_zip__k3t.keras")
    assert not [line for line in done.lines if line.startswith(("Plan", "Data", "Trained for"))]


def test_inspect_tells_how_samples_are_prepared(model: Path) -> None:
    done = nnstudio("inspect", model)
    assert "Inputs divided by: 255" in done.lines
    assert "State of the training: whole: it goes on as if it had never stopped" not in done.lines


def test_demo_ends_with_the_accuracy_and_the_folder(tmp_path: Path) -> None:
    done = nnstudio("demo", "--no-pictures", "--epochs", 1, cwd=tmp_path)
    assert done.status == 0, done.errors
    assert_no_qt(done)
    assert re.fullmatch(r"test accuracy: \d\d\.\d\d %", done.lines[-2])
    assert done.lines[-1] == "the files are in nnstudio-demo"
    assert "read it back: its predictions differ by at most 0" in done.lines
    assert [path.name for path in (tmp_path / "nnstudio-demo").iterdir()] == ["mnist.h5"]
    assert read_model(tmp_path / "nnstudio-demo" / "mnist.h5").notes == ()


def test_demo_without_qt_leaves_out_the_pictures_and_says_so(tmp_path: Path) -> None:
    done = nnstudio("demo", "--epochs", 1, "--output", tmp_path / "a" / "b")
    assert done.status == 0, done.errors
    assert "pictures of the window were left out:" in done.lines
    assert done.lines[-2].startswith("test accuracy: ")
    assert done.lines[-1] == f"the files are in {tmp_path / 'a' / 'b'}"


# --- help and mistakes


@pytest.mark.parametrize("arguments", [(), *((verb,) for verb in VERBS)])
def test_help_is_there_and_needs_nothing_heavy(arguments: tuple[str, ...]) -> None:
    done = nnstudio(*arguments, "--help")
    assert done.status == 0
    assert done.lines[0].startswith("usage: nnstudio")
    assert_no_qt(done)
    assert not done.modules & {"numpy", "h5py"}
    if not arguments:
        assert all(any(line.split()[:1] == [verb] for line in done.lines) for verb in VERBS)


def test_the_version_is_told() -> None:
    assert nnstudio("--version").lines == [f"nnstudio {__version__}"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("trian",), "Did you mean nnstudio train?"),
        (("missing.h5",), "there is no file missing.h5"),
        (("--foo",), "there is no option --foo"),
        (("text.h5", "--foo"), "there is no option --foo"),
        (("demo", "extra"), "demo has no argument extra"),
        (("train", "--foo", "--output", "a.h5"), "train has no option --foo"),
        (("missing.nnstudio",), "there is no file missing.nnstudio"),
        (("evaluate", "missing.nnstudio"), "no such file"),
        (("evaluate", "text.nnstudio"), "expected an nnstudio project"),
        (("evaluate", "UNTRAINED"), "holds no trained network"),
        (("evaluate", "missing.h5"), "no such file"),
        (("inspect", "."), "a folder"),
        (("evaluate", "text.h5"), "expected a Keras model"),
        (("predict", "MODEL", "--count", "0"), "at least 1"),
        (("evaluate", "MODEL", "--data", "text.h5"), "expected"),
        (("evaluate", "MODEL", "--data", "DATA"), "samples of shape (28, 28)"),
        (("train", "--output", "model.txt"), "ending in .h5"),
        (("train", "--output", "missing/model.h5"), "there is no folder"),
        (("train", "--output", "protected.h5"), "write-protected"),
        (("train", "--output", "a.h5", "--epochs", "0"), "Epochs must be at least 1"),
        (("train", "--output", "a.h5", "--seed", "-1"), "Seed must be at least 0"),
        (("train", "--output", "a.h5", "--learning-rate", "nan"), "Learning rate must be"),
        (("train", "--output", "a.h5", "--model", "MODEL", "--data", "DATA"), "3 classes"),
        (("train", "--output", "a.h5", "--epochs", "many"), "expected a whole number, found 'many'"),
        (("train",), "required: --output"),
        (("demo", "--output", "text.h5"), "cannot be made"),
        (("demo", "--no-pictures", "--epochs", "0"), "Epochs must be at least 1"),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    arguments: tuple[str, ...], words: str, model: Path, other_data: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.h5").write_text("a text")
    (tmp_path / "protected.h5").write_text("old")
    (tmp_path / "protected.h5").chmod(0o444)
    (tmp_path / "text.nnstudio").write_text("a text")
    write_project(tmp_path / "fresh.nnstudio", Project(default_study()))
    named = {"MODEL": model, "DATA": other_data, "UNTRAINED": tmp_path / "fresh.nnstudio"}
    done = nnstudio(*(named.get(argument, argument) for argument in arguments), cwd=tmp_path)
    assert done.status == 2
    assert words in done.errors and done.errors.startswith("nnstudio: ")
    assert "Traceback" not in done.errors
    assert not (tmp_path / "a.h5").exists()
    assert (tmp_path / "protected.h5").read_text() == "old"


def test_a_loss_that_explodes_is_told_in_a_sentence(tmp_path: Path) -> None:
    layers = (Flatten(), Dense(64), Dense(64), Dense(10, activation="softmax"))
    wild = model_of(design_of(*layers, optimizer=SGD(learning_rate=1e6)), (28, 28))
    write_model(tmp_path / "wild.h5", wild)
    done = nnstudio("train", "--model", tmp_path / "wild.h5", "--output", tmp_path / "a.h5")
    assert done.status == 2
    assert "The loss stopped being a number" in done.errors
    assert not (tmp_path / "a.h5").exists()


def test_without_a_display_the_window_says_what_works_instead() -> None:
    done = nnstudio(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.status == 2
    assert "nnstudio: the window cannot open." in done.errors
    assert_no_qt(done)


def test_the_window_opens_with_the_files_that_were_named(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nnstudio.app
    import nnstudio.preflight

    opened: list[list[str]] = []
    monkeypatch.setattr(nnstudio.preflight, "qt_problems", lambda environ: [])
    monkeypatch.setattr(nnstudio.app, "run_window", lambda paths: opened.append(paths) or 7)
    assert main([str(model)]) == 7
    assert opened == [[str(model)]]


# --- how it looks


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def events() -> Iterator[tuple[Step | Epoch, float]]:
    for batch in range(1, 5):
        yield Step(1, batch, batch, 32, 0.001, {"loss": 1 / batch, "accuracy": 0.5}), batch / 2
    yield Epoch(1, 4, {"loss": 0.25, "accuracy": 0.5, "val_loss": 12345.678}), 2.0


def test_a_terminal_shows_a_bar_that_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    stream = Terminal()
    line = ProgressLine(epochs=2, batches=4, stream=stream)
    for event, seconds in events():
        line.show(event, seconds)
    drawn = stream.getvalue().split("\r")[1:]
    assert len(drawn) == 5
    assert all(len(text.removesuffix("\n")) == 69 for text in drawn)
    assert drawn[1].startswith(f"epoch 1/2  [{'=' * 12}{'.' * 12}]  loss 0.5000, accuracy 50.00 %")
    assert drawn[4].startswith("epoch 1/2  loss 0.2500, accuracy 50.00 %, val_loss 1.235e+04")
    assert drawn[4].endswith("\n")


def test_a_file_gets_one_line_per_epoch() -> None:
    stream = io.StringIO()
    line = ProgressLine(epochs=2, batches=4, stream=stream)
    for event, seconds in events():
        line.show(event, seconds)
    assert stream.getvalue() == "epoch 1/2  loss 0.2500, accuracy 50.00 %, val_loss 1.235e+04\n"


# --- being stopped


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return iter(process.stdout.readline, "")


def test_control_c_stops_with_a_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nnstudio", "train", "--epochs", "1000", "--output", tmp_path / "a.h5"]
    here = Path(__file__).parents[1]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=here
    ) as process:
        assert any(line.startswith("epoch 1/1000") for line in lines_of(process))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.strip() == "nnstudio: stopped as you asked; no unfinished file was left behind."
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error(model: Path) -> None:
    command = f"'{sys.executable}' -m nnstudio predict '{model}' --count 1000 --csv | head -1"
    here = Path(__file__).parents[1]
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=here, timeout=60)
    assert done.stdout == "sample,predicted,probability,actual\n"
    assert done.stderr == ""


def test_a_terminal_without_the_letters_gets_others(model: Path) -> None:
    done = nnstudio("inspect", model, PYTHONIOENCODING="ascii")
    assert done.status == 0, done.errors


# --- tables


@pytest.fixture(scope="session")
def table_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that learnt from a table without a header, in the same folder."""
    folder = tmp_path_factory.mktemp("table")
    rows = (f"{i % 13}.5,{('x', 'y')[i % 2]},{i % 7},{('low', 'high')[i % 13 > 6]}\n" for i in range(200))
    (folder / "old.csv").write_text("".join(rows), encoding="utf-8")
    done = nnstudio("train", "--data", folder / "old.csv", "--epochs", 30, "--output", folder / "m.h5")
    assert done.status == 0, done.errors
    return folder / "m.h5"


def test_predict_takes_new_rows_with_and_without_what_is_to_be_predicted(table_model: Path) -> None:
    new = table_model.with_name("new.csv")
    new.write_text("1.5;x;3\n12,5;y;3\n", encoding="utf-8")
    done = nnstudio("predict", table_model, "--data", new, "--csv")
    assert_no_qt(done)
    rows = list(csv.DictReader(done.lines))
    assert [row["predicted"] for row in rows] == ["low", "high"]
    old = nnstudio("predict", table_model, "--data", table_model.with_name("old.csv"), "--count", 30, "--csv")
    rows = list(csv.DictReader(old.lines))
    assert len(rows) == 30 and all(row["actual Column 4"] == row["predicted"] for row in rows)


def test_a_new_row_that_is_not_understood_is_named_in_a_sentence(table_model: Path) -> None:
    new = table_model.with_name("wrong.csv")
    new.write_text("1.5,x,3\n2.5,z,3\n", encoding="utf-8")
    done = nnstudio("predict", table_model, "--data", new)
    assert done.status == 2
    assert done.errors.strip() == (
        "nnstudio: Expected one of x, y as Column 2 in row 2, found z. Write one of them there."
    )


def test_another_table_is_evaluated_with_the_preparation_that_travels_in_the_model(table_model: Path) -> None:
    """All rows are high ones: a preparation fitted to them would tell half of them apart as low."""
    rows = [f"{7 + i % 6}.5;{('x', 'y')[i % 2]};{i % 7};high\n" for i in range(60)]
    new = table_model.with_name("high.csv")
    new.write_text("".join(rows), encoding="utf-8")
    done = nnstudio("evaluate", table_model, "--data", new)
    assert done.status == 0, done.errors
    assert done.lines[0] == "m.h5 on high.csv: 60 rows" and done.lines[-1] == "test accuracy: 100.00 %"

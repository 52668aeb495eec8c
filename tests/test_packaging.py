"""Packaging: what ships, and guards for what made the pins necessary."""

from __future__ import annotations

import gzip
import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio import paths

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("NNSTUDIO_SHARED", ROOT.parent / "shared"))
MNIST = SHARED / "data" / "mnist"
SAMPLE = "nnstudio/resources/data/mnist_sample.npz"


def test_qt_steals_no_references_to_none() -> None:
    """PySide6 6.12.0 does on Python 3.11, and aborts after some seconds of use."""
    QtCore = pytest.importorskip("PySide6.QtCore")
    thing = QtCore.QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("a")
    assert abs(sys.getrefcount(None) - before) < 100


def test_a_plot_can_be_exported_as_svg(qtbot: Any, tmp_path: Path) -> None:
    """From Qt 6.11 on pyqtgraph 0.14.0 fails here."""
    import pyqtgraph
    from pyqtgraph.exporters import SVGExporter

    plot = pyqtgraph.PlotWidget()
    qtbot.addWidget(plot)
    plot.plot([0, 1, 2], [3, 1, 2], name="loss")
    SVGExporter(plot.plotItem).export(str(tmp_path / "plot.svg"))
    assert "<svg" in (tmp_path / "plot.svg").read_text()


@pytest.mark.parametrize("name", ["mnist_sample.npz", "mnist_sample.md"])
def test_resources_are_where_paths_says(name: str) -> None:
    assert paths.resource("data", name).is_file()


def test_a_frozen_app_looks_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("icons", "a.svg") == tmp_path / "resources" / "icons" / "a.svg"


def test_a_wheel_looks_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "nnstudio")
    assert paths.resource("a") == tmp_path / "nnstudio" / "resources" / "a"


def test_the_users_folder_bears_the_programs_name() -> None:
    assert paths.user_data_dir().name == "nnstudio"


def test_the_wheel_holds_the_sample_and_every_module(tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    assert SAMPLE in names
    assert {str(file.relative_to(ROOT)) for file in (ROOT / "nnstudio").rglob("*.py")} <= names
    assert not [name for name in names if name.startswith(("tests/", "resources/"))]


def test_the_sample_is_5000_digits_in_mixed_order() -> None:
    images, labels = _sample()
    assert images.shape == (5000, 28, 28) and images.dtype == np.uint8
    assert np.bincount(labels).tolist() == [500] * 10
    assert len(set(labels[:100].tolist())) == 10


def test_every_digit_of_the_sample_is_one_of_mnists_training_digits() -> None:
    if not (MNIST / "train-images-idx3-ubyte.gz").is_file():
        pytest.skip(f"the complete MNIST is not in {MNIST.name}/ under NNSTUDIO_SHARED")
    pixels = np.frombuffer(_unpacked("train-images-idx3-ubyte.gz")[16:], np.uint8).reshape(60_000, 784)
    digits = np.frombuffer(_unpacked("train-labels-idx1-ubyte.gz")[8:], np.uint8)
    known = {image.tobytes() + bytes([digit]) for image, digit in zip(pixels, digits, strict=True)}
    images, labels = _sample()
    assert all(i.tobytes() + bytes([n]) in known for i, n in zip(images, labels, strict=True))


def _sample() -> tuple[np.ndarray, np.ndarray]:
    with np.load(paths.resource("data", "mnist_sample.npz")) as arrays:
        return arrays["x"], arrays["y"]


def _unpacked(name: str) -> bytes:
    return gzip.decompress((MNIST / name).read_bytes())

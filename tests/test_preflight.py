"""Preflight: what is said before Qt is loaded, on machines that are made up."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from nnstudio import display, preflight

LDD = """\
\tlinux-vdso.so.1 (0x00007ffd)
\tlibQt6Core.so.6 => /venv/Qt/lib/libQt6Core.so.6 (0x00007f00)
\tlibxcb-cursor.so.0 => not found
\tlibGL.so.1 => not found
\tlibnobody-knows.so.9 => not found
\t/lib64/ld-linux-x86-64.so.2 (0x00007f01)
"""


@pytest.fixture(autouse=True)
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend to be a person without special rights on a Debian that has fonts and lacks no library."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(preflight.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(preflight, "is_root", lambda: False)
    monkeypatch.setattr(preflight, "has_fonts", lambda: True)
    monkeypatch.setattr(preflight, "ldd", lambda file: "")


@pytest.fixture
def pyside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out empty files where PySide6 has its libraries."""
    plugins = tmp_path / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    names = ["QtGui.abi3.so", "QtWidgets.abi3.so"]
    for file in [*map(tmp_path.joinpath, names), plugins / "libqxcb.so", plugins / "libqwayland.so"]:
        file.touch()
    monkeypatch.setattr(preflight, "pyside_folder", lambda: tmp_path)
    return tmp_path


def lacks(monkeypatch: pytest.MonkeyPatch, **missing: str) -> None:
    """Let ldd find a library missing from the files whose names contain a word."""
    lines = {word: f"\t{library} => not found\n" for word, library in missing.items()}
    monkeypatch.setattr(
        preflight, "ldd", lambda file: "".join(line for word, line in lines.items() if word in file.name)
    )


def test_only_what_ldd_does_not_find_is_missing() -> None:
    assert preflight.not_found(LDD) == ["libxcb-cursor.so.0", "libGL.so.1", "libnobody-knows.so.9"]


def test_nothing_is_said_where_nothing_is_missing(pyside: Path) -> None:
    assert preflight.qt_problems({"QT_QPA_PLATFORM": "offscreen"}) == []


def test_what_is_missing_is_told_with_one_line_that_installs_all(
    pyside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "ldd", lambda file: LDD)
    monkeypatch.setattr(preflight, "has_fonts", lambda: False)
    problems = preflight.qt_problems({"QT_QPA_PLATFORM": "offscreen"})
    assert "libnobody-knows.so.9" in problems[0]
    assert [p for p in problems if "apt-get" in p] == [
        "sudo apt-get install --no-install-recommends fonts-dejavu-core libgl1 libxcb-cursor0"
    ]


def test_root_is_not_told_to_use_sudo(pyside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacks(monkeypatch, QtGui="libGL.so.1")
    monkeypatch.setattr(preflight, "is_root", lambda: True)
    problems = preflight.install_problems({"QT_QPA_PLATFORM": "offscreen"})
    assert problems[-1].startswith("apt-get install")


def test_other_systems_are_not_sent_to_apt(pyside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacks(monkeypatch, QtGui="libGL.so.1")
    monkeypatch.setattr(preflight.shutil, "which", lambda name: None if name == "apt-get" else name)
    assert "package manager" in preflight.install_problems({"DISPLAY": ":0"})[-1]


@pytest.mark.parametrize("platform", ["offscreen", "minimal:enable_fonts"])
def test_what_only_x_needs_is_not_asked_for_without_it(
    pyside: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    lacks(monkeypatch, libqxcb="libxcb-cursor.so.0")
    assert preflight.install_problems({"QT_QPA_PLATFORM": platform}) == []
    assert preflight.install_problems({"DISPLAY": ":0"}) != []


def test_one_platform_that_works_is_enough(pyside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacks(monkeypatch, libqwayland="libwayland-cursor.so.0")
    assert preflight.install_problems({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) == []
    assert "libwayland-cursor0" in preflight.install_problems({"WAYLAND_DISPLAY": "wayland-0"})[-1]


def test_without_ldd_the_loader_is_asked(pyside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.shutil, "which", lambda name: None if name == "ldd" else name)
    monkeypatch.setattr(preflight, "loads", lambda name: name != "libxcb-icccm.so.4")
    assert preflight.missing_libraries(pyside, ["xcb"]) == ["libxcb-icccm.so.4"]
    assert preflight.missing_libraries(pyside, ["offscreen"]) == []


def test_a_missing_pyside_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "pyside_folder", lambda: None)
    assert "PySide6 is not installed" in preflight.install_problems({"DISPLAY": ":0"})[0]


def test_nothing_is_looked_at_outside_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert preflight.qt_problems({}) == []
    assert preflight.main(["--install"]) == 0


def test_installing_runs_apt_only_as_root(pyside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[list[str]] = []
    monkeypatch.setattr(preflight.subprocess, "run", lambda line, **_: lines.append(line))
    lacks(monkeypatch, QtGui="libGL.so.1")
    preflight.install({"DISPLAY": ":0"})
    assert lines == []
    monkeypatch.setattr(preflight, "is_root", lambda: True)
    preflight.install({"DISPLAY": ":0"})
    assert [line[:2] for line in lines] == [["apt-get", "update"], ["apt-get", "install"]]
    assert lines[1][-1] == "libgl1"


def test_every_library_asked_for_without_ldd_has_a_package() -> None:
    asked = {*preflight.BINDING_LIBRARIES, *sum(preflight.PLUGIN_LIBRARIES.values(), ())}
    assert asked <= set(preflight.PACKAGES)


def test_no_display_is_told_with_what_works_without() -> None:
    problem = display.display_problem({})
    assert problem is not None and "DISPLAY" in problem and "nnstudio demo" in problem


def test_offscreen_needs_no_display() -> None:
    assert display.display_problem({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"DISPLAY": "nonsense"}, ":0 or host:0"),
        ({"DISPLAY": ":4711"}, "no X server answers"),
        ({"QT_QPA_PLATFORM": "xcb"}, "DISPLAY is ''"),
        ({"WAYLAND_DISPLAY": "wayland-4711", "XDG_RUNTIME_DIR": "/nowhere"}, "/nowhere/wayland-4711"),
    ],
)
def test_a_display_that_does_not_answer_is_told(environ: dict[str, str], word: str) -> None:
    assert word in (display.display_problem(environ) or "")


def test_a_display_that_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_connect_x", lambda host, number: socket.socket())
    monkeypatch.setattr(display, "_x_lets_in", lambda name: False)
    assert "XAUTHORITY" in (display.display_problem({"DISPLAY": ":0"}) or "")
    monkeypatch.setattr(display, "_x_lets_in", lambda name: True)
    assert display.display_problem({"DISPLAY": ":0"}) is None


def test_a_wayland_socket_that_answers_is_enough(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "w"))
        server.listen()
        environ = {"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ":4711"}
        assert display.display_problem(environ) is None


def test_looking_imports_nothing_but_the_standard_library() -> None:
    code = "import sys, nnstudio.preflight; print({'PySide6', 'numpy', 'shiboken6'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"

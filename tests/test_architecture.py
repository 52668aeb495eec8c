"""Architecture: who may import whom; the arrows of the house plan, proved by reading every import.

Imports inside functions and under `TYPE_CHECKING` count too: a lazy arrow is an arrow all the same.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nnstudio"
QT = {"PySide6", "shiboken6", "pyqtgraph"}
LEAVES = {"errors", "settings", "task", "paths", "preflight", "display"}
ANYONE_MAY = {"errors", "settings", "task"}

# Which parts of nnstudio each part may import, besides itself and what anyone may.
ARROWS: dict[str, set[str]] = {
    **{leaf: LEAVES for leaf in LEAVES},
    "engine": set(),
    "data": {"paths"},
    "experiments": {"engine", "data", "paths"},
    "formats": {"experiments", "engine", "data", "paths"},
    "session": {"formats", "experiments", "engine", "data", "paths"},
    "ui": {"session", "experiments", "engine", "data", "paths"},
    "cli": {"commands", "app", *LEAVES},
    "commands": {"app", "formats", "experiments", "engine", "data", *LEAVES},
    "app": {"ui", "session", "formats", "experiments", "engine", "data", *LEAVES},
    "__init__": set(),
    "__main__": {"cli"},
}
# Which other packages each part may import, besides the standard library. Parts not named may import any.
OTHERS: dict[str, set[str]] = {
    **{leaf: set() for leaf in LEAVES},
    "paths": {"platformdirs"},
    "engine": {"numpy"},
    "data": {"numpy", "polars", "PIL"},
    "experiments": {"numpy", "threadpoolctl", "h5py", "distributed"},
    "formats": {"numpy", "h5py", "onnx", "onnxruntime"},
    "cli": set(),
    "commands": {"numpy"},
}
# Methods of QPaintDevice and QWidget that Qt itself calls: it would call an attribute of such a name.
CALLED_BY_QT = {
    "close",
    "depth",
    "devType",
    "event",
    "eventFilter",
    "font",
    "geometry",
    "hasHeightForWidth",
    "height",
    "heightForWidth",
    "initPainter",
    "layout",
    "metric",
    "minimumSizeHint",
    "nativeEvent",
    "paintEngine",
    "palette",
    "parent",
    "pos",
    "rect",
    "redirected",
    "sharedPainter",
    "size",
    "sizeHint",
    "style",
    "update",
    "width",
    "x",
    "y",
}
IN_ONE_FILE = ["polars", "PIL", "distributed"]
# What the widgets show, they are given: they neither run networks nor read files.
CLOSED_TO_UI = ["nnstudio.engine.network", "nnstudio.engine.training", "nnstudio.formats"]


class Import:
    """One imported name: in which file and line it stands, and whether inside a function."""

    def __init__(self, file: Path, line: int, name: str, lazy: bool) -> None:
        self.file, self.line, self.name, self.lazy = file, line, name, lazy
        self.part = part_of("nnstudio." + ".".join(file.relative_to(PACKAGE).with_suffix("").parts))

    def __repr__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.name}"


def part_of(name: str) -> str:
    """Return the part of nnstudio that a dotted name belongs to; the package itself is `__init__`."""
    module = name.split(".")[1] if "." in name else "__init__"
    # `from nnstudio import __version__` names no part.
    known = (PACKAGE / module).is_dir() or (PACKAGE / f"{module}.py").is_file()
    return module if known else "__init__"


def imports_of(file: Path) -> Iterator[Import]:
    """Return every import in a file, each name by itself and in full."""
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    lazy = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        for name in names_in(node, file):
            yield Import(file, node.lineno, name, id(node) in lazy)  # type: ignore[attr-defined]


def names_in(node: ast.AST, file: Path) -> list[str]:
    """Return the full names that one statement imports; none if it imports nothing."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{origin(node, file)}.{alias.name}" for alias in node.names]
    return []


def origin(node: ast.ImportFrom, file: Path) -> str:
    """Return the module after `from`, dots resolved."""
    if not node.level:
        return node.module or ""
    parents = file.relative_to(ROOT).parts[: -node.level]
    return ".".join([*parents, *([node.module] if node.module else [])])


FILES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [found for file in FILES for found in imports_of(file)]
OURS = [found for found in IMPORTS if found.name.split(".")[0] == "nnstudio"]
FOREIGN = [i for i in IMPORTS if i.name.split(".")[0] not in {"nnstudio", *sys.stdlib_module_names}]


def below(name: str, module: str) -> bool:
    """Say whether a dotted name is the module or something in it."""
    return name == module or name.startswith(module + ".")


def from_part(part: str) -> list[Import]:
    """Return the imports that stand in one part."""
    return [found for found in IMPORTS if found.part == part]


def test_every_part_has_its_arrows() -> None:
    parts = {file.relative_to(PACKAGE).parts[0].removesuffix(".py") for file in FILES}
    assert parts <= set(ARROWS)


@pytest.mark.parametrize("part", sorted(ARROWS))
def test_a_part_imports_only_what_its_arrows_allow(part: str) -> None:
    allowed = ARROWS[part] | ANYONE_MAY | {part, "__init__"}
    assert [i for i in OURS if i.part == part and part_of(i.name) not in allowed] == []


@pytest.mark.parametrize("part", sorted(OTHERS))
def test_a_part_depends_only_on_the_packages_it_may(part: str) -> None:
    """This also proves that nothing but session, ui and app imports Qt."""
    allowed = OTHERS[part]
    assert [i for i in FOREIGN if i.part == part and i.name.split(".")[0] not in allowed] == []


@pytest.mark.parametrize(
    "part", ["engine", "data", "experiments", "formats", "cli", "commands", *sorted(LEAVES)]
)
def test_a_part_without_a_window_knows_no_qt(part: str) -> None:
    assert [i for i in from_part(part) if i.name.split(".")[0] in QT] == []


def test_session_knows_no_widgets() -> None:
    widgets = ["PySide6.QtWidgets", "PySide6.QtSvgWidgets", "PySide6.QtOpenGLWidgets", "pyqtgraph"]
    assert [i for i in from_part("session") if any(below(i.name, module) for module in widgets)] == []


def test_widgets_neither_run_networks_nor_read_files() -> None:
    assert [i for i in from_part("ui") if any(below(i.name, module) for module in CLOSED_TO_UI)] == []


def attributes_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Return the line and name of every attribute that a class or its instances are given.

    Dataclasses are left out: they are values and no widgets.
    """
    values = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.decorator_list]
    left_out = {id(node) for value in values for node in ast.walk(value)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            yield node.lineno, node.attr
        if isinstance(node, ast.ClassDef):
            lines = [line for line in node.body if isinstance(line, ast.Assign | ast.AnnAssign)]
            targets = [part for line in lines for part in ast.walk(line) if isinstance(part, ast.Name)]
            yield from ((part.lineno, part.id) for part in targets if isinstance(part.ctx, ast.Store))


def is_self(node: ast.AST) -> bool:
    """Say whether an expression is ``self``."""
    return isinstance(node, ast.Name) and node.id == "self"


def test_no_attribute_of_a_widget_hides_what_qt_calls() -> None:
    """Qt calls ``metric`` and the like at the next paint; a value in its place ends the program."""
    ui = [file for file in FILES if PACKAGE / "ui" in file.parents]
    found = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in ui
        for line, name in attributes_of(ast.parse(file.read_text(encoding="utf-8")))
        if name in CALLED_BY_QT
    ]
    assert found == []


def test_attributes_are_read() -> None:
    """Guards this file: an attribute that it cannot read would pass the test above."""
    text = "class A(B):\n    metric = 1\n    depth: int = 2\n    def f(self):\n        self.width = 3"
    assert {name for _, name in attributes_of(ast.parse(text))} == {"metric", "depth", "width"}
    assert list(attributes_of(ast.parse(f"@dataclass\n{text}"))) == []


def test_only_the_app_imports_the_widgets() -> None:
    assert [i for i in OURS if below(i.name, "nnstudio.ui") and i.part not in {"ui", "app"}] == []


def test_the_command_line_loads_the_window_and_what_needs_qt_only_when_asked() -> None:
    window = ["nnstudio.app", "nnstudio.session"]
    found = [
        i for i in from_part("cli") + from_part("commands") if any(below(i.name, module) for module in window)
    ]
    assert [i for i in found if not i.lazy] == []


@pytest.mark.parametrize("package", IN_ONE_FILE)
def test_a_readers_package_is_imported_in_one_file(package: str) -> None:
    assert len({i.file for i in IMPORTS if below(i.name, package)}) <= 1


def test_nothing_is_imported_by_star() -> None:
    """A star would hide what is imported from these tests."""
    assert [i for i in IMPORTS if i.name.endswith(".*")] == []


def test_relative_imports_are_read() -> None:
    """Guards this file: an import that it cannot read would pass every test above."""
    file = PACKAGE / "ui" / "model" / "card.py"
    node = ast.parse("from ...formats import keras_h5").body[0]
    assert names_in(node, file) == ["nnstudio.formats.keras_h5"]
    assert names_in(ast.parse("from . import icons").body[0], file) == ["nnstudio.ui.model.icons"]

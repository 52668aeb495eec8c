"""Layout: which pictures of a folder train and test, and the class of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnstudio.data.files import wrong_file
from nnstudio.data.images.files import Folder, LeftOut, scan
from nnstudio.data.images.label_file import read_labels
from nnstudio.data.names import counted, listed, natural_key, printable
from nnstudio.data.watch import UNWATCHED, Watch

TRAINING, VALIDATION, TEST = "training", "validation", "test"
_PARTS = {
    "train": TRAINING,
    "training": TRAINING,
    "val": VALIDATION,
    "valid": VALIDATION,
    "validation": VALIDATION,
    "test": TEST,
    "testing": TEST,
}
ADVICE = (
    "Put the images of each class into a folder of its own, named like the class, or a file labels.csv "
    "beside them with a row for each image: its name and its class."
)


@dataclass(frozen=True, slots=True)  # there are many: what Python collects holds the window up
class Item:
    """A picture, the name of its class, and whether the folder sets it apart for testing."""

    path: Path
    class_name: str
    tests: bool


@dataclass(frozen=True, eq=False)
class Layout:
    """The pictures with a class, those that train before those that test, and sentences about the others."""

    items: tuple[Item, ...]
    notes: tuple[str, ...]


def layout_of(path: Path, labels: str, watch: Watch = UNWATCHED) -> Layout:
    """Return the pictures of the folder ``path``, classed by its folders or by the lists called ``labels``.

    Raises:
        FileError: no two classes are there.
    """
    left_out = LeftOut()
    return laid_out(folder_of(path, left_out, watch), labels, left_out)


def laid_out(root: Folder, labels: str, left_out: LeftOut) -> Layout:
    """Return the pictures in ``root`` with a class; FileError as in `layout_of`."""
    parts = parts_of(root)
    items, notes = _by_list(root, parts, labels) if labels else _by_folder(root, parts)
    classes = {item.class_name for item in items}
    if len(classes) < 2:
        raise wrong_file(root.path, "images of two classes or more", _found(root, classes), ADVICE)
    notes = [*_part_notes(parts), *notes, *_left_out_notes(left_out)]
    return Layout(tuple(sorted(items, key=lambda item: item.tests)), tuple(notes))


def unwrapped(folder: Folder) -> Folder:
    """Return the folder that is meant: where there is nothing but one folder, that one."""
    full = folder.full_folders
    while len(full) == 1 and not folder.pictures and not folder.tables and full[0].full_folders:
        folder, full = full[0], full[0].full_folders
    return folder


def parts_of(root: Folder) -> dict[str, Folder]:
    """Return the folders of the parts, where there are some to train with and others."""
    full = root.full_folders
    found = {_PARTS.get(folder.path.name.casefold(), ""): folder for folder in full}
    named = TRAINING in found and "" not in found and len(found) == len(full) > 1
    return found if named and not root.pictures else {}


def label_file_of(root: Folder) -> str:
    """Return the name of the list that gives the classes; "" where each folder is a class."""
    parts = parts_of(root)
    if len(root.full_folders) > 1 and not parts:
        return ""
    for folder in (root, *([parts[TRAINING]] if parts else [])):
        if parts and folder is not root and len(folder.full_folders) > 1:
            return ""
        named = [file for file in folder.tables if file.stem.casefold() in ("labels", "label", "classes")]
        lists = named or [file for file in folder.tables if file.suffix.lower() != ".txt"]
        if len(lists) == 1 or named:
            return lists[0].name
    return ""


def _by_folder(root: Folder, parts: dict[str, Folder]) -> tuple[list[Item], list[str]]:
    items, loose, deep = [], 0, 0
    for part, folder in parts.items() or [(TRAINING, root)]:
        loose += len(folder.pictures)
        for of_class in folder.folders:
            deep += bool(of_class.full_folders)
            name, tests = printable(of_class.path.name), part == _tested(parts)
            items += [Item(picture, name, tests) for picture in of_class.all_pictures()]
    return items, list(_folder_notes(loose, deep))


def _folder_notes(loose: int, deep: int) -> Iterable[str]:
    if loose:
        have = "has" if loose == 1 else "have"
        yield f"{counted(loose, 'image')} beside the folders of the classes {have} no class."
    if deep:
        have = "has folders in it, whose images belong" if deep == 1 else "have folders, whose images belong"
        yield f"{counted(deep, 'class', 'classes')} {have} to the class as well."


def _by_list(root: Folder, parts: dict[str, Folder], labels: str) -> tuple[list[Item], list[str]]:
    """Return the pictures that the lists name; each part may have its own."""
    classes: dict[Path, str] = {}
    notes: list[str] = []
    for folder in _with_list(root, parts, labels):
        found = read_labels(folder.path / labels, folder)
        classes.update(found.classes)
        notes += found.notes
    everything = list(root.all_pictures())
    unlabelled = [picture.name for picture in everything if picture not in classes]
    if unlabelled:
        have = "has" if len(unlabelled) == 1 else "have"
        notes.append(
            f"{counted(len(unlabelled), 'image')} {have} no class in {labels}: {listed(unlabelled)}."
        )
    tested = parts.get(_tested(parts) or "")
    tests = set(tested.all_pictures()) if tested is not None else set()
    known = (picture for picture in everything if picture in classes)
    return [Item(picture, classes[picture], picture in tests) for picture in known], notes


def _with_list(root: Folder, parts: dict[str, Folder], labels: str) -> Sequence[Folder]:
    if any(file.name == labels for file in root.tables):
        return [root]
    found = [folder for folder in parts.values() if any(file.name == labels for file in folder.tables)]
    if not found:
        advice = "Check whether it was moved or renamed."
        raise wrong_file(root.path, f"the list {printable(labels)}", "no such file", advice)
    return found


def _tested(parts: dict[str, Folder]) -> str | None:
    """Return which part tests: without one of its own, the one that validates."""
    return next((part for part in (TEST, VALIDATION) if part in parts), None)


def _part_notes(parts: dict[str, Folder]) -> Iterable[str]:
    if VALIDATION in parts:
        name = printable(parts[VALIDATION].path.name)
        if TEST in parts:
            yield f"The images of {name} train as well: the training plan says what validates."
        else:
            yield f"The images of {name} test."


def _left_out_notes(left_out: LeftOut) -> Iterable[str]:
    if left_out.links:
        leads = "leads" if left_out.links == 1 else "lead"
        yield f"{counted(left_out.links, 'link')} that {leads} out of the folder were not followed."
    if left_out.closed:
        yield f"{counted(len(left_out.closed), 'folder')} could not be read: {listed(left_out.closed)}."


def _found(root: Folder, classes: set[str]) -> str:
    if classes:
        return f"only one, {next(iter(classes))}"
    count = sum(1 for _ in root.all_pictures())
    return f"{counted(count, 'image')} without a class" if count else "no image"


def folder_of(path: Path, left_out: LeftOut, watch: Watch = UNWATCHED) -> Folder:
    """Return the folder that a person means by ``path``."""
    return unwrapped(scan(path, left_out, watch))


def class_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of classes, each once, as people order them."""
    return tuple(sorted(set(names), key=natural_key))

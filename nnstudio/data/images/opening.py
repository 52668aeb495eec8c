"""ImageOpening: what a folder of images that a person chose becomes, where it is one."""

from __future__ import annotations

from pathlib import Path

from nnstudio.data.images.files import LeftOut
from nnstudio.data.images.layout import folder_of, label_file_of, laid_out
from nnstudio.data.images.proposal import propose
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.data.watch import UNWATCHED, Watch

_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def is_picture(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` (16 bytes) is a picture."""
    return head.startswith(_HEADS) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def image_recipe(path: Path, watch: Watch = UNWATCHED) -> Recipe | None:
    """Return the recipe for the images of the folder ``path``; None where there are none.

    Raises:
        FileError: there are images, but nothing says to which classes they belong.
    """
    left_out = LeftOut()
    root = folder_of(path, left_out, watch)
    if not any(True for _ in root.all_pictures()):
        return None
    labels = label_file_of(root)
    layout = laid_out(root, labels, left_out)
    shaping = propose([item.path for item in layout.items], watch)
    size = (shaping.height, shaping.width)
    source = ImageFolder(str(path), labels, shaping.colour, size, background=shaping.background)
    return Recipe(source)

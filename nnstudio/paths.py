"""Paths: where nnstudio's own resources and the user's files are."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that ships with nnstudio, as in ``resource("data", "x.npz")``."""
    return resource_root().joinpath(*parts)


def resource_root() -> Path:
    """Return the folder of resources: the frozen app's, the source tree's or the wheel's."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    # A source tree is known by its pyproject.toml: site-packages may hold anybody's folder "resources".
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        return _PACKAGE.parent / "resources"
    return _PACKAGE / "resources"


def user_data_dir() -> Path:
    """Return the folder for what a person keeps between starts; it need not exist yet."""
    # Imported here so that everything but the user's own files works without it.
    from platformdirs import user_data_path

    return user_data_path("nnstudio", appauthor=False)


def user_cache_dir() -> Path:
    """Return the folder for what can be found out again; it need not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path("nnstudio", appauthor=False)

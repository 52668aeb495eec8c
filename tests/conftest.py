"""What all tests share: no display is needed, and nobody's own settings are touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:  # where no window is tested there may be no Qt
    from tests.patience import PatientBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SETTINGS = tempfile.TemporaryDirectory(prefix="nnstudio-tests-")  # removed when the tests end
for _folder in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[_folder] = _SETTINGS.name

settings.register_profile("nnstudio", deadline=None, derandomize=True)
settings.load_profile("nnstudio")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a test; what one with a window leaves is gone before the next, fixtures and all."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    from tests.collecting import collected_here

    with collected_here():
        return (yield)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """Take the place of pytest-qt's own, which gives up after five seconds."""
    from tests.patience import PatientBot

    return PatientBot(request)

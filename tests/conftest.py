"""What all tests share: no display is needed, and nobody's own settings are touched."""

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

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
    from tests.collecting import collected_here  # where no window is tested there may be no Qt

    with collected_here():
        return (yield)

"""What all tests share: no display is needed, and nobody's own settings are touched."""

import gc
import os
import tempfile

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SETTINGS = tempfile.TemporaryDirectory(prefix="nnstudio-tests-")  # removed when the tests end
for _folder in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[_folder] = _SETTINGS.name

settings.register_profile("nnstudio", deadline=None, derandomize=True)
settings.load_profile("nnstudio")

_TESTS_PER_COLLECTION = 20
_ENDED: list[str] = []


def pytest_runtest_logfinish(nodeid: str) -> None:
    """Collect garbage between tests only, as the program does between events: see `nnstudio.ui.collector`."""
    gc.disable()
    _ENDED.append(nodeid)
    if len(_ENDED) % _TESTS_PER_COLLECTION == 0:
        gc.collect()

"""What all tests share: no display is needed, and nobody's own settings are touched."""

import os
import tempfile

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SETTINGS = tempfile.TemporaryDirectory(prefix="nnstudio-tests-")  # removed when the tests end
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = _SETTINGS.name

settings.register_profile("nnstudio", deadline=None, derandomize=True)
settings.load_profile("nnstudio")

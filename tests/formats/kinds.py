"""Kinds: what can be exported, where what it needs is installed."""

from __future__ import annotations

import pytest

from nnstudio.formats.export import KINDS, ONNX
from nnstudio.formats.onnx_file import can_write_onnx

_NO_ONNX = pytest.mark.skipif(
    not can_write_onnx(), reason="onnx is not installed here; make test-onnx brings it"
)
KINDS_HERE = [pytest.param(kind, marks=_NO_ONNX if kind == ONNX else ()) for kind in KINDS]

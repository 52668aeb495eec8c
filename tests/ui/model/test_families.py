"""Families: every layer has a place in the palette and a colour in both themes."""

from __future__ import annotations

import pytest

from nnstudio.engine.layer import FAMILIES, Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.ui import theme


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_every_layer_has_a_known_family(kind: type[Layer]) -> None:
    assert kind.family in FAMILIES


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_family_has_colours(name: str) -> None:
    assert set(theme.THEMES[name].families) == set(FAMILIES)

"""Layer icons: a drawing for each kind of layer, by its class name, and one for each family."""

# ruff: noqa: E501 - a drawing stands in one line
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pictures are there before anything heavy is imported
    from nnstudio.engine.layer import Layer

_SQUARE = '<rect x="2.5" y="2.5" width="11" height="11" rx="1"/>'
_DASHED = '<rect x="2.5" y="2.5" width="11" height="11" rx="1" stroke-dasharray="2 2.4"/>'
_LOOP = '<path d="M12.7 8.6A4.8 4.8 0 1 1 11.2 4.5M11.6 1.9v2.9H8.7"/>'
_BELL = '<path d="M2 12.5c3.6 0 3.6-9 6-9s2.4 9 6 9"/>'

# The inside of an <svg viewBox="0 0 16 16">; strokes take the colour asked for, "F" stands for a fill of it.
LAYER_SHAPES: dict[str, str] = {
    "Dense": '<path d="M4 4l8 8M4 12l8-8M4 4h8M4 12h8"/><g F stroke="none"><circle cx="4" cy="4" r="1.8"/><circle cx="4" cy="12" r="1.8"/><circle cx="12" cy="4" r="1.8"/><circle cx="12" cy="12" r="1.8"/></g>',
    "Activation": '<path d="M2.5 12.5C8 12.5 8 3.5 13.5 3.5"/>',
    "ReLU": '<path d="M2.5 12H7.5L13 4"/>',
    "LeakyReLU": '<path d="M2.5 13.2 7.5 10.8 13 3.5"/>',
    "PReLU": '<path d="M2.5 13.2 7.5 10.8 13 3.5"/><circle cx="4.6" cy="8" r="1.2" F/>',
    "ELU": '<path d="M2.5 13c3 0 4-.8 5.3-2.6L13 3.5"/>',
    "Softmax": '<path d="M3 13.2v-2.7M6.3 13.2v-1.4M9.7 13.2V3M13 13.2V9.6" stroke-width="2"/>',
    "Dropout": '<g F stroke="none"><circle cx="4" cy="4" r="1.8"/><circle cx="12" cy="4" r="1.8"/><circle cx="8" cy="8" r="1.8"/><circle cx="12" cy="12" r="1.8"/></g><circle cx="4" cy="12" r="1.5"/>',
    "GaussianNoise": '<path d="M1.8 8.5 3.6 5 6 12 8.2 3.5 10.3 11l1.7-4.5 2.2 2.5"/>',
    "BatchNormalization": _BELL,
    "LayerNormalization": '<path d="M2 10.5c3.6 0 3.6-8 6-8s2.4 8 6 8M2 13.5h12"/>',
    "Flatten": '<rect x="2.5" y="3" width="4.5" height="4.5"/><rect x="9" y="3" width="4.5" height="4.5"/><path d="M2.5 12.5h11"/>',
    "Reshape": '<rect x="2" y="5" width="6.5" height="6" rx=".5"/><rect x="11.2" y="2.5" width="2.8" height="11" rx=".5"/>',
    "Conv2D": f'{_SQUARE}<rect x="2.5" y="2.5" width="5.5" height="5.5" F/>',
    "MaxPooling2D": f'{_SQUARE}<path d="M8 2.5v11M2.5 8h11"/><rect x="8" y="2.5" width="5.5" height="5.5" F/>',
    "AveragePooling2D": f'{_SQUARE}<path d="M8 2.5v11M2.5 8h11"/><circle cx="8" cy="8" r="2" F/>',
    "GlobalMaxPooling2D": f'{_DASHED}<circle cx="10.3" cy="5.7" r="1.7" F/>',
    "GlobalAveragePooling2D": f'{_DASHED}<circle cx="8" cy="8" r="1.9" F/>',
    "ZeroPadding2D": f'{_DASHED}<rect x="5.5" y="5.5" width="5" height="5" F/>',
    "UpSampling2D": '<rect x="2.5" y="9" width="4.5" height="4.5" F/><path d="M2.5 6V2.5h11v11H10M8.2 7.8l2.6-2.6M8.4 5.2h2.4v2.4"/>',
    "Embedding": f'{_SQUARE}<rect x="2.5" y="6.2" width="11" height="3.6" F/>',
    "SimpleRNN": _LOOP,
    "LSTM": '<path d="M2 2.8h12M12.2 10.3a4.2 4.2 0 1 1-1.3-3.4M11.2 4.9v2.3H8.9"/>',
    "GRU": f'{_LOOP}<circle cx="8" cy="8" r="1.4" F/>',
    "layer": '<rect x="2.5" y="4.5" width="11" height="7" rx="1.5"/>',
}

# What a layer without a drawing of its own shows.
_OF_FAMILY = {
    "activation": "Activation",
    "regularise": "Dropout",
    "shape": "Reshape",
    "convolution": "Conv2D",
    "sequence": "SimpleRNN",
}


def layer_icon(kind: type[Layer]) -> str:
    """Return the name of the drawing of a kind of layer, or of its family."""
    name = kind.__name__
    return name if name in LAYER_SHAPES else _OF_FAMILY.get(kind.family, "layer")

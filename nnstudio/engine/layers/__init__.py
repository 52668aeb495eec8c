"""Layers: one file per layer, named as Keras names it; ``LAYERS`` in the order of the palette."""

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.average_pooling2d import AveragePooling2D
from nnstudio.engine.layers.conv2d import Conv2D
from nnstudio.engine.layers.dense import Dense
from nnstudio.engine.layers.dropout import Dropout
from nnstudio.engine.layers.flatten import Flatten
from nnstudio.engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from nnstudio.engine.layers.global_max_pooling2d import GlobalMaxPooling2D
from nnstudio.engine.layers.max_pooling2d import MaxPooling2D
from nnstudio.engine.layers.reshape import Reshape
from nnstudio.engine.layers.up_sampling2d import UpSampling2D
from nnstudio.engine.layers.zero_padding2d import ZeroPadding2D

LAYERS: tuple[type[Layer], ...] = (
    Dense,
    Activation,
    Dropout,
    Flatten,
    Reshape,
    Conv2D,
    MaxPooling2D,
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    ZeroPadding2D,
    UpSampling2D,
)

__all__ = [
    "LAYERS",
    "Activation",
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "MaxPooling2D",
    "Reshape",
    "UpSampling2D",
    "ZeroPadding2D",
]

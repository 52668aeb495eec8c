"""Layers: one file per layer, named as Keras names it; ``LAYERS`` in the order of the palette."""

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.average_pooling2d import AveragePooling2D
from nnstudio.engine.layers.batch_normalization import BatchNormalization
from nnstudio.engine.layers.conv2d import Conv2D
from nnstudio.engine.layers.dense import Dense
from nnstudio.engine.layers.dropout import Dropout
from nnstudio.engine.layers.elu import ELU
from nnstudio.engine.layers.embedding import Embedding
from nnstudio.engine.layers.flatten import Flatten
from nnstudio.engine.layers.gaussian_noise import GaussianNoise
from nnstudio.engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from nnstudio.engine.layers.global_max_pooling2d import GlobalMaxPooling2D
from nnstudio.engine.layers.gru import GRU
from nnstudio.engine.layers.layer_normalization import LayerNormalization
from nnstudio.engine.layers.leaky_relu import LeakyReLU
from nnstudio.engine.layers.lstm import LSTM
from nnstudio.engine.layers.max_pooling2d import MaxPooling2D
from nnstudio.engine.layers.prelu import PReLU
from nnstudio.engine.layers.relu import ReLU
from nnstudio.engine.layers.reshape import Reshape
from nnstudio.engine.layers.simple_rnn import SimpleRNN
from nnstudio.engine.layers.softmax import Softmax
from nnstudio.engine.layers.up_sampling2d import UpSampling2D
from nnstudio.engine.layers.zero_padding2d import ZeroPadding2D

LAYERS: tuple[type[Layer], ...] = (
    Dense,
    Activation,
    ReLU,
    LeakyReLU,
    PReLU,
    ELU,
    Softmax,
    Dropout,
    GaussianNoise,
    BatchNormalization,
    LayerNormalization,
    Flatten,
    Reshape,
    Conv2D,
    MaxPooling2D,
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    ZeroPadding2D,
    UpSampling2D,
    Embedding,
    SimpleRNN,
    LSTM,
    GRU,
)

__all__ = [
    "LAYERS",
    "Dense",
    "Activation",
    "ReLU",
    "LeakyReLU",
    "PReLU",
    "ELU",
    "Softmax",
    "Dropout",
    "GaussianNoise",
    "BatchNormalization",
    "LayerNormalization",
    "Flatten",
    "Reshape",
    "Conv2D",
    "MaxPooling2D",
    "AveragePooling2D",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "ZeroPadding2D",
    "UpSampling2D",
    "Embedding",
    "SimpleRNN",
    "LSTM",
    "GRU",
]

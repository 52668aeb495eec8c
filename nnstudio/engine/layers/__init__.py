"""Layers: one file per layer, named as Keras names it; ``LAYERS`` in the order of the palette."""

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.batch_normalization import BatchNormalization
from nnstudio.engine.layers.dense import Dense
from nnstudio.engine.layers.dropout import Dropout
from nnstudio.engine.layers.elu import ELU
from nnstudio.engine.layers.embedding import Embedding
from nnstudio.engine.layers.flatten import Flatten
from nnstudio.engine.layers.gaussian_noise import GaussianNoise
from nnstudio.engine.layers.gru import GRU
from nnstudio.engine.layers.layer_normalization import LayerNormalization
from nnstudio.engine.layers.leaky_relu import LeakyReLU
from nnstudio.engine.layers.lstm import LSTM
from nnstudio.engine.layers.prelu import PReLU
from nnstudio.engine.layers.relu import ReLU
from nnstudio.engine.layers.simple_rnn import SimpleRNN
from nnstudio.engine.layers.softmax import Softmax

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
    "Embedding",
    "SimpleRNN",
    "LSTM",
    "GRU",
]

"""Layers: one file per layer, named as Keras names it; ``LAYERS`` in the order of the palette."""

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.dense import Dense
from nnstudio.engine.layers.dropout import Dropout
from nnstudio.engine.layers.embedding import Embedding
from nnstudio.engine.layers.flatten import Flatten
from nnstudio.engine.layers.gru import GRU
from nnstudio.engine.layers.lstm import LSTM
from nnstudio.engine.layers.simple_rnn import SimpleRNN

LAYERS: tuple[type[Layer], ...] = (
    Dense,
    Activation,
    Dropout,
    Flatten,
    Embedding,
    SimpleRNN,
    LSTM,
    GRU,
)

__all__ = [
    "GRU",
    "LAYERS",
    "LSTM",
    "Activation",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "SimpleRNN",
]

"""KerasSubstitutes: what could be done about layers of Keras that nnstudio has not."""

from __future__ import annotations

_SAVE_AGAIN = "Put layers that nnstudio has in their place in Keras, train and save again."
_CODE = "A Lambda is code, and nnstudio never runs code out of a file: put a layer in its place."
_JOINED = "nnstudio opens layers that follow one another, without branches that are joined."
_IMAGES = "Conv2D is the nearest that nnstudio has for images."
_LINES = "For series nnstudio has SimpleRNN, LSTM and GRU."
_ONE_WAY = "Take the LSTM or GRU that is inside by itself."
_NOISE = "Dropout and GaussianNoise are the nearest that nnstudio has."
_NORMS = "BatchNormalization and LayerNormalization are the nearest that nnstudio has."
_OWN = "A layer that somebody wrote exists only in their program: put layers of Keras in its place."
_SCALED = "nnstudio scales data in their preparation: leave this layer out, and scale the data likewise."

_ADVICE = {
    "Lambda": _CODE,
    **dict.fromkeys(
        ("Add", "Concatenate", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Dot"), _JOINED
    ),
    **dict.fromkeys(("DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "Conv3D"), _IMAGES),
    **dict.fromkeys(("Conv1D", "SeparableConv1D", "MaxPooling1D", "AveragePooling1D"), _LINES),
    **dict.fromkeys(("GlobalAveragePooling1D", "GlobalMaxPooling1D", "TimeDistributed"), _LINES),
    **dict.fromkeys(("Attention", "MultiHeadAttention", "ConvLSTM2D"), _LINES),
    "Bidirectional": _ONE_WAY,
    **dict.fromkeys(("Normalization", "Rescaling"), _SCALED),
    **dict.fromkeys(("SpatialDropout1D", "SpatialDropout2D", "AlphaDropout", "GaussianDropout"), _NOISE),
    **dict.fromkeys(("GroupNormalization", "UnitNormalization", "SpectralNormalization"), _NORMS),
}


def substitute_for(kind: str) -> str:
    """Return a sentence about what could take the place of a layer of class ``kind``."""
    return _ADVICE.get(kind, _OWN if ">" in kind else _SAVE_AGAIN)

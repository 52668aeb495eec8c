"""KerasWords: what Keras calls otherwise than nnstudio, class by class, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.values import Json, squashed


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Form:
    """Under which keys Keras has a setting, and how its JSON is turned into Keras' and back.

    The first key is written; all of them, and nnstudio's own name, are read.
    """

    keys: tuple[str, ...]
    write: Callable[[Any], Any] = _as_it_is
    read: Callable[[Any], Any] = _as_it_is


@dataclass(frozen=True)
class Words:
    """What differs in Keras' config of one class.

    ``forms`` are by nnstudio's name of the setting. ``besides`` are keys that Keras wants and nnstudio has no
    setting for. ``unsaid`` are settings that Keras has no key for. ``follows`` are settings that are as
    another one where they are left out; Keras writes them out. ``needs`` are keys that Keras has no default
    for.
    """

    forms: Mapping[str, Form] = field(default_factory=dict)
    besides: Json = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()

    def form(self, setting: str) -> Form:
        """Return where Keras has ``setting``."""
        return self.forms.get(setting) or Form((setting,))


def _axes(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _single(value: Any) -> Any:
    """Return the number itself where there is a list of one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _pair(value: Any) -> Any:
    """Return two numbers where somebody wrote one for both."""
    return [value, value] if type(value) is int else value


def _as_sides(padding: list[int]) -> list[list[int]]:
    """Return top, bottom, left, right as Keras has them: two and two."""
    return [padding[:2], padding[2:]]


def _four_sides(value: Any) -> Any:
    """Return top, bottom, left, right, of one number for all, one for each axis, or two for each."""
    sides = [_pair(side) for side in _pair(value)] if isinstance(_pair(value), list) else []
    return [number for side in sides for number in side] if all(type(s) is list for s in sides) else value


_LAST_AXIS: Json = {"axis": -1}
_CHANNELS_LAST: Json = {"data_format": "channels_last"}
_WINDOWS = {name: Form((name,), read=_pair) for name in ("pool_size", "strides")}
_POOLING = Words(_WINDOWS, besides=_CHANNELS_LAST, follows={"strides": "pool_size"})
_RECURRENT = Words(besides={"return_state": False, "stateful": False, "unroll": False}, needs=("units",))

WORDS: dict[str, Words] = {
    "MaxNorm": Words({"axis": Form(("axis",), write=_single, read=_axes)}),
    "MinMaxNorm": Words({"axis": Form(("axis",), write=_single, read=_axes)}),
    "UnitNorm": Words({"axis": Form(("axis",), write=_single, read=_axes)}),
    "Precision": Words({"thresholds": Form(("thresholds",), read=_single)}),
    "Recall": Words({"thresholds": Form(("thresholds",), read=_single)}),
    "F1Score": Words({"average": Form(("average",), read=lambda value: value or "macro")}),
    "Dense": Words(needs=("units",)),
    "Reshape": Words(needs=("target_shape",)),
    "Dropout": Words(besides={"noise_shape": None, "seed": None}, needs=("rate",)),
    "Flatten": Words(besides=_CHANNELS_LAST),
    "Conv2D": Words(
        {name: Form((name,), read=_pair) for name in ("kernel_size", "strides", "dilation_rate")},
        besides={**_CHANNELS_LAST, "groups": 1},
        needs=("filters", "kernel_size"),
    ),
    "MaxPooling2D": _POOLING,
    "AveragePooling2D": _POOLING,
    "GlobalAveragePooling2D": Words(besides=_CHANNELS_LAST),
    "GlobalMaxPooling2D": Words(besides=_CHANNELS_LAST),
    "ZeroPadding2D": Words({"padding": Form(("padding",), _as_sides, _four_sides)}, besides=_CHANNELS_LAST),
    "UpSampling2D": Words({"size": Form(("size",), read=_pair)}, besides=_CHANNELS_LAST),
    "LeakyReLU": Words({"negative_slope": Form(("alpha",))}),
    "Softmax": Words(besides=_LAST_AXIS),
    "BatchNormalization": Words(besides=_LAST_AXIS, unsaid=("unbiased_variance",)),
    "LayerNormalization": Words(besides=_LAST_AXIS),
    "Embedding": Words(needs=("input_dim", "output_dim")),
    "SimpleRNN": _RECURRENT,
    "LSTM": _RECURRENT,
    "GRU": _RECURRENT,
}
_SAME = Words()


def words_of(kind: type) -> Words:
    """Return what differs for a class of nnstudio."""
    return WORDS.get(kind.__name__, _SAME)


# Of two words for the same function the one that both Kerases know is written.
_FUNCTIONS = {"hard_sigmoid_keras2": "hard_sigmoid", "silu": "swish"}
_OTHER_FUNCTIONS = {"swish": "silu", "softmax_v2": "softmax", "log_softmax_v2": "log_softmax"}


def function_to_keras(name: str) -> str:
    """Return the word by which Keras opens an activation, or the nearest one that it has."""
    return _FUNCTIONS.get(name, name)


def function_from_keras(value: Any, dialect: Dialect) -> Any:
    """Return nnstudio's name of an activation; what names none comes back as it is, to be refused."""
    if isinstance(value, dict) and value.get("class_name") == "function":
        value = value.get("config")
    if value == "hard_sigmoid" and dialect is Dialect.KERAS_2:
        return "hard_sigmoid_keras2"
    name = "linear" if value is None else value
    return _OTHER_FUNCTIONS.get(name, name) if isinstance(name, str) else name


_CLASSES = {
    "batchnormalizationv1": "BatchNormalization",
    "batchnormalizationv2": "BatchNormalization",
    "uniform": "RandomUniform",
    "normal": "RandomNormal",
    "zero": "Zeros",
    "one": "Ones",
    "orthogonalinitializer": "Orthogonal",
    "identityinitializer": "Identity",
}


def class_from_keras(name: str) -> str:
    """Return nnstudio's spelling of a class name where Keras has another one for it."""
    return _CLASSES.get(squashed(name), name)

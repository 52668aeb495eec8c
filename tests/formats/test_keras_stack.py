"""Tests of how lists, graphs and stacks in stacks become one row of layers, and what is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from nnstudio.errors import FileError
from nnstudio.formats.keras_config import read_stack
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_stack import Stack, snake

Json = dict[str, Any]


def dense(name: str, units: int = 3, **rest: Any) -> Json:
    return {"class_name": "Dense", "config": {"name": name, "units": units, **rest}}


def start(*shape: int | None) -> Json:
    return {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [None, *shape]}}


def stack(*layers: Json, name: str = "stack", **rest: Any) -> Json:
    return {"class_name": "Sequential", "config": {"name": name, "layers": list(layers), **rest}}


def graph(*layers: tuple[Json, Any], name: str = "graph") -> Json:
    entries = [{**layer, "name": layer["config"]["name"], "inbound_nodes": nodes} for layer, nodes in layers]
    return {"class_name": "Functional", "config": {"name": name, "layers": entries}}


def old(*sources: str) -> list[Any]:
    return [[[source, 0, 0, {}] for source in sources]]


def new(*sources: str) -> list[Any]:
    tensors = [
        {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}} for name in sources
    ]
    return [{"args": tensors if len(tensors) == 1 else [tensors], "kwargs": {"mask": None}}]


def read(config: Json, wanted: tuple[int, ...] | None = None) -> tuple[Stack, list[str]]:
    notes: list[str] = []
    return read_stack(config, notes, Dialect.KERAS_3, wanted), notes


@pytest.mark.parametrize("node", [old, new])
def test_a_graph_in_one_row_is_a_stack_in_the_order_of_its_nodes(node: Any) -> None:
    config = graph((dense("b"), node("a")), (start(4), []), (dense("a"), node("in")))
    found, notes = read(config)
    assert [layer.name for layer in found.layers] == ["a", "b"]
    assert notes == ["The file describes a graph of layers that follow one another: it opens as a stack."]


@pytest.mark.parametrize("node", [old, new])
def test_branches_are_named(node: Any) -> None:
    add = {"class_name": "Add", "config": {"name": "sum"}}
    config = graph(
        (start(3), []), (dense("a"), node("in")), (add, node("in", "a")), (dense("b"), node("sum"))
    )
    with pytest.raises(FileError, match='behind "in" it branches to "a", "sum"; "sum" joins "in", "a"'):
        read(config)


def test_other_graphs_are_refused_by_what_they_have() -> None:
    two = {"class_name": "InputLayer", "config": {"name": "other", "batch_shape": [None, 4]}}
    with pytest.raises(FileError, match=r'2 inputs \("in", "other"\)'):
        read(graph((start(4), []), (two, []), (dense("a"), new("in"))))
    with pytest.raises(FileError, match='"a" is used 2 times'):
        read(graph((start(3), []), (dense("a"), [*new("in"), *new("a")])))
    with pytest.raises(FileError, match="some of them lead nowhere"):
        read(graph((start(3), []), (dense("a"), new("b")), (dense("b"), new("a"))))


def test_stacks_in_stacks_open_in_one_row() -> None:
    inner = stack(start(3), dense("dense"), dense("x"), name="inner")
    deep = stack(stack(dense("deep")), name="outer", trainable=False)
    found, notes = read(stack(start(4), dense("dense"), inner, deep, dense("last")))
    assert [layer.name for layer in found.layers] == ["dense", "dense_1", "x", "deep", "last"]
    assert [layer.trainable for layer in found.layers] == [True, True, True, False, True]
    assert found.groups == (1, 2, 2, 3, 4)
    assert found.paths == (
        "layers/dense",
        "layers/sequential/layers/dense",
        "layers/sequential/layers/dense_1",
        "layers/sequential_1/layers/sequential/layers/dense",
        "layers/dense_1",
    )
    assert notes[0] == "The file has a stack within a stack: its layers open in one row."
    assert notes[1] == "Layers without a proper name of their own got one."


def test_stacks_without_end_are_refused() -> None:
    config = dense("a")
    for _ in range(30):
        config = stack(start(3), config)
    with pytest.raises(FileError, match="stacks within stacks without end"):
        read(config)


def test_everything_that_nnstudio_has_not_is_named_at_once() -> None:
    kinds = ("Lambda", "SeparableConv2D", "Bidirectional", "mine>Own", "Strange")
    layers = [{"class_name": kind, "config": {"name": kind[:4].lower()}} for kind in kinds]
    with pytest.raises(FileError) as caught:
        read(stack(start(4), *layers, dense("a", 0), dense("b", lora_rank=3)))
    for words in (*kinds, "never runs code", "Conv2D is the nearest", "Units must be", "lora_rank"):
        assert words in str(caught.value)
    assert len(str(caught.value)) < 1500


def test_two_layers_of_one_name_are_refused() -> None:
    with pytest.raises(FileError, match='several layers of the name "a"'):
        read(stack(start(4), dense("a"), dense("a")))


@pytest.mark.parametrize("name", ["../../etc/passwd", "<b>bold</b>", "a\\b", "..", "a/b"])
def test_a_name_is_never_a_path_or_markup(name: str) -> None:
    found, notes = read(stack(start(4), dense(name)))
    assert not set("/\\<>&") & set(found.layers[0].name)
    assert not found.layers[0].name.startswith(".")
    assert notes == ["Layers without a proper name of their own got one."]


def test_lengths_that_do_not_matter_to_weights_may_be_open() -> None:
    words = {"class_name": "Embedding", "config": {"name": "e", "input_dim": 5, "output_dim": 2}}
    series = {"class_name": "GRU", "config": {"name": "g", "units": 3}}
    found, notes = read(stack(start(None), words, series))
    assert found.free and found.shape == (32,) and "leaves lengths" in notes[0]
    found, _ = read(stack(start(None), words, series), (80,))
    assert found.shape == (80,)
    with pytest.raises(FileError, match="whole numbers are expected"):
        read(stack(start(None), dense("a")))


def test_what_keras_has_no_default_for_must_be_told() -> None:
    with pytest.raises(FileError, match='Layer "a": It does not say its units'):
        read(stack(start(4), {"class_name": "Dense", "config": {"name": "a"}}))


def test_a_batch_that_is_fixed_is_told() -> None:
    first = {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [8, 4]}}
    found, notes = read(stack(first, dense("a")))
    assert found.shape == (4,)
    assert notes == ["The file fixes how many samples go through at a time; here any number does."]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("MaxPooling2D", "max_pooling2d"),
        ("Conv2D", "conv2d"),
        ("LSTM", "lstm"),
        ("SimpleRNN", "simple_rnn"),
        ("PReLU", "p_re_lu"),
        ("LeakyReLU", "leaky_re_lu"),
        ("BatchNormalization", "batch_normalization"),
        ("GlobalAveragePooling2D", "global_average_pooling2d"),
    ],
)
def test_classes_are_spelt_in_paths_as_keras_3_does(kind: str, name: str) -> None:
    assert snake(kind) == name

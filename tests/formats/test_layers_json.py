"""Layers as text: every kind comes back as it was, and Keras' own words are understood."""

from __future__ import annotations

import json

import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LAYERS, Conv2D, Dense, Flatten
from nnstudio.engine.regularizers import L2
from nnstudio.errors import FileError
from nnstudio.formats.keras_layers import layer_entry
from nnstudio.formats.layers_json import layers_from_text, layers_to_text
from nnstudio.settings import settings_of


@pytest.mark.parametrize("kind", LAYERS)
def test_a_layer_comes_back_as_it_was(kind: type[Layer]) -> None:
    layer = kind(name="one", trainable=False)
    assert layers_from_text(layers_to_text([layer]), []) == (layer,)


def test_text_has_one_line_for_a_layer_and_says_only_what_matters() -> None:
    text = layers_to_text([Flatten(name="flat"), Dense(64, activation="relu", name="hidden")])
    assert '"units": 64' in text and "initializer" not in text
    assert len(text.splitlines()) == 4


def test_settings_with_settings_of_their_own_come_back() -> None:
    layer = Dense(3, kernel_regularizer=L2(0.25), name="one")
    assert layers_from_text(layers_to_text([layer]), []) == (layer,)


@pytest.mark.parametrize("as_network", [True, False])
def test_layers_in_the_words_of_keras_are_taken(as_network: bool) -> None:
    layers = design_of(Conv2D(6, (5, 5), activation="tanh"), Flatten(), Dense(10)).layers
    entries = [{"module": "keras.layers", **layer_entry(layer)} for layer in layers]
    network = {"class_name": "Sequential", "config": {"layers": entries}, "keras_version": "3.4.0"}
    text = json.dumps(network if as_network else entries)
    assert layers_from_text(text, []) == layers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("just words", "cannot be read"),
        ("17", "Layers are expected"),
        ("[]", "no layers"),
        ('{"nnstudio_layers": []}', "no layers"),
        ('{"nnstudio_layers": {"a": 1}}', "At most"),
        ('{"nnstudio_layers": ["Dens"]}', "Dens"),
        ('{"nnstudio_layers": [{"class_name": "Dense", "config": {"unit": 3}}]}', "unit"),
        ('{"nnstudio_layers": [{"class_name": "Dense", "config": {"units": -3}}]}', "nits"),
        ('[{"class_name": "Lambda", "config": {}}]', "Lambda"),
        ('[{"class_name": "Dense"}]', "without settings"),
        ('[{"class_name": "Dense", "config": {"units": "many"}}]', "nits"),
        ("[3]", "without settings"),
        ('{"a": 1}', "name of a class"),
        ("[" * 5000, "deep"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(FileError) as caught:
        layers_from_text(text, [])
    assert said in str(caught.value)


def test_every_setting_of_every_layer_is_read_and_written_by_its_own_name() -> None:
    for kind in LAYERS:
        entry = json.loads(layers_to_text([kind(name="x")]))["nnstudio_layers"][0]
        assert set(entry["config"]) <= {declared.name for declared in settings_of(kind)}

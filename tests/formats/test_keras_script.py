"""The exported Keras program is sound Python that says what the study says; real Keras runs it elsewhere."""

from __future__ import annotations

import ast
from dataclasses import replace

import numpy as np
import pytest

from nnstudio.data.load import load
from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.class_weights import Given
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.experiments.default import default_study
from nnstudio.formats.keras_calls import KERAS_2, KERAS_3
from nnstudio.formats.keras_script import data_for_scripts, keras_script

STUDY = default_study()
DATA = load(STUDY.recipe)


@pytest.mark.parametrize("version", [KERAS_2, KERAS_3])
def test_the_program_names_every_layer_and_setting(version: str) -> None:
    text = keras_script(STUDY, DATA, version, 'A "title"\n', "net.npz")
    ast.parse(text)
    assert "layers.Dense(units=512, activation='relu', name='hidden_1')" in text
    assert "keras.optimizers.Adam(learning_rate=0.001)" in text
    assert "to_categorical(y, 10)" in text and "255" in text and "set_random_seed(4)" in text
    assert ("from tensorflow import keras" in text) == (version == KERAS_2)


def test_the_plan_becomes_callbacks_and_weights_and_what_keras_lacks_is_said() -> None:
    plan = replace(
        STUDY.plan,
        early_stopping=EarlyStopping(patience=4),
        class_weight=Given((2.0,) + (1.0,) * 9),
        augmentation=Augmentation(),
    )
    text = keras_script(replace(STUDY, plan=plan), DATA, KERAS_3, "net", "net.npz")
    assert "EarlyStopping(monitor='val_loss', patience=4" in text
    assert "class_weight={0: 2.0, 1: 1.0" in text
    assert "# nnstudio changes the training samples" in text


def test_the_data_are_raw_and_parted_as_in_nnstudio() -> None:
    arrays = data_for_scripts(DATA)
    assert arrays["x_train"].dtype == np.uint8 and len(arrays["y_test"]) == 1000


def test_samples_of_a_file_of_their_own_validate_in_the_program_too() -> None:
    apart = replace(DATA, validation=DATA.test.part(0, 30))
    text = keras_script(STUDY, apart, KERAS_3, "net", "net.npz")
    ast.parse(text)
    assert "validation_data=(x_validation, y_validation)" in text and "validation_split" not in text
    assert len(data_for_scripts(apart)["y_validation"]) == 30
    assert "validation_data" not in keras_script(STUDY, DATA, KERAS_3, "net", "net.npz")

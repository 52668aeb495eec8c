"""Small things to train with: 400 of the sample's digits and a network of a few thousand parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.network import Network
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel

IMAGE = (28, 28)


def small_design() -> Design:
    """Flatten, Dense 16, Dropout, Dense 10."""
    layers = (Flatten(), Dense(16, activation="relu"), Dropout(0.2), Dense(10, activation="softmax"))
    return design_of(*layers)


def small_study(**plan: Any) -> Study:
    """Two epochs of ten batches."""
    settings = {"epochs": 2, "batch_size": 32, "validation_split": 0.2} | plan
    return Study(design=small_design(), plan=TrainingPlan(**settings))


def small_dataset() -> Dataset:
    """400 digits to train with, 100 to test."""
    full = load(Recipe())
    facts = replace(full.facts, training_count=400, test_count=100)
    return replace(full, training=full.training.part(0, 400), test=full.test.part(0, 100), facts=facts)


def small_model(study: Study | None = None) -> TrainedModel:
    """A model as a file would give it."""
    study = study or small_study()
    return TrainedModel(study, Network(study.design, IMAGE).snapshot(), History(("loss", "accuracy")))

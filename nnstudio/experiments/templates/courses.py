"""Courses: the networks that the well-known tutorials build."""

from __future__ import annotations

from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.formulas import Sine
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Circle
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.losses import BinaryCrossentropy, MeanSquaredError
from nnstudio.engine.metrics import MeanAbsoluteError
from nnstudio.engine.optimizers import Adam, Guess, RMSprop
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.templates.known_facts import CIRCLE, DIGITS, ONE_WEIGHT, PATIENTS, SINE
from nnstudio.experiments.templates.template import COURSES, Template

FROM_COURSES = (
    Template(
        "Softmax regression",
        COURSES,
        "No hidden layer: one straight look at the pixels, the score that everything else has to beat.",
        design_of(Flatten(), Dense(10, activation="softmax", name="output")),
        TrainingPlan(epochs=20, batch_size=64),
        MnistSample(),
        DIGITS,
        0.89,
    ),
    Template(
        "784-784-10 with RMSprop",
        COURSES,
        "The first network of many courses: one wide hidden layer that recombines all pixels.",
        design_of(
            Flatten(),
            Dense(784, activation="relu", name="hidden"),
            Dense(10, activation="softmax", name="output"),
            optimizer=RMSprop(),
        ),
        TrainingPlan(epochs=10, batch_size=128),
        MnistSample(),
        DIGITS,
        0.92,
    ),
    Template(
        "512-512-10 with dropout",
        COURSES,
        "Two hidden layers; dropout keeps them from learning the digits by heart.",
        design_of(
            Flatten(),
            Dense(512, activation="relu", name="hidden_1"),
            Dropout(0.2),
            Dense(512, activation="relu", name="hidden_2"),
            Dropout(0.2),
            Dense(10, activation="softmax", name="output"),
        ),
        TrainingPlan(epochs=10, batch_size=64),
        MnistSample(),
        DIGITS,
        0.93,
    ),
    Template(
        "2-5-1",
        COURSES,
        "Small enough to follow every weight: five neurons draw a closed line around the disc.",
        design_of(
            Dense(5, activation="tanh", name="hidden"),
            Dense(1, activation="sigmoid", name="output"),
            loss=BinaryCrossentropy(),
            optimizer=Adam(0.01),
        ),
        TrainingPlan(epochs=60, batch_size=10),
        Circle(),
        CIRCLE,
        0.97,
    ),
    Template(
        "Two classes from one number",
        COURSES,
        "Yes or no with one sigmoid output and binary crossentropy.",
        design_of(
            Dense(16, activation="relu", name="hidden_1"),
            Dense(32, activation="relu", name="hidden_2"),
            Dense(1, activation="sigmoid", name="output"),
            loss=BinaryCrossentropy(),
        ),
        TrainingPlan(epochs=20, batch_size=10, validation_split=0.1),
        DrugTrial(),
        PATIENTS,
        0.95,
    ),
    Template(
        "Regression of a curve",
        COURSES,
        "One linear output and the squared error: the network predicts a value instead of a class.",
        design_of(
            Dense(16, activation="tanh", name="hidden"),
            Dense(1, name="output"),
            loss=MeanSquaredError(),
            optimizer=Adam(0.01),
            metrics=(MeanAbsoluteError(),),
        ),
        TrainingPlan(epochs=100, batch_size=16),
        Sine(),
        SINE,
        0.05,
    ),
    Template(
        "One weight, by guessing",
        COURSES,
        "One weight is found by trying up and down; with many weights nobody could wait for that.",
        design_of(
            Dense(1, use_bias=False, name="weight"),
            loss=MeanSquaredError(),
            optimizer=Guess(0.01),
            metrics=(MeanAbsoluteError(),),
        ),
        TrainingPlan(epochs=400, batch_size=1, validation_split=0.0),
        OneWeight(),
        ONE_WEIGHT,
        1.0,
    ),
)

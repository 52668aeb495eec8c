"""TrainingPlan: how long and on what to train."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.settings import setting


@dataclass(frozen=True)
class TrainingPlan:
    """What a person sets about a training that is not part of the network."""

    epochs: int = setting(10, "How often training goes through all its samples.", minimum=1, maximum=100_000)
    batch_size: int = setting(
        128, "How many samples are looked at before each change of the weights.", minimum=1, maximum=65_536
    )
    validation_split: float = setting(
        0.2,
        "Share of the training samples that only checks; it is never learnt from.",
        minimum=0.0,
        maximum=0.9,
        label="Validation",
    )
    shuffle: bool = setting(True, "Whether each epoch takes the samples in a new order.", advanced=True)
    seed: int = setting(
        7,
        "The same seed gives the same training, bit for bit.",
        minimum=0,
        maximum=2**31 - 1,
        advanced=True,
        arbitrary=True,
    )

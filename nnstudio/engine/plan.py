"""TrainingPlan: how long, on what and with which care to train."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.augmentation import Augmentation
from nnstudio.engine.class_weights import CLASS_WEIGHTS, ClassWeights, Even
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.stopping import EarlyStopping
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
    early_stopping: EarlyStopping | None = setting(
        None,
        "Whether training ends before its last epoch when it does not become better.",
        choices=(EarlyStopping,),
    )
    reduce_on_plateau: ReduceLROnPlateau | None = setting(
        None,
        "Whether the learning rate becomes smaller when training does not become better.",
        choices=(ReduceLROnPlateau,),
        advanced=True,
    )
    augmentation: Augmentation | None = setting(
        None,
        "Whether training samples are changed a little each time.",
        choices=(Augmentation,),
        advanced=True,
    )
    class_weight: ClassWeights = setting(
        Even(), "How much the samples of each class count.", choices=CLASS_WEIGHTS, advanced=True
    )
    threads: int = setting(
        1,
        "How many threads multiply matrices. More help large networks while the window is quiet.",
        minimum=1,
        maximum=64,
        advanced=True,
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

"""DrawingTest: how many of a person's own drawings the network reads right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnstudio.data.drawings import NamedDrawing, read_drawer
from nnstudio.data.picture_parts import fitted
from nnstudio.data.scaler import Scaler
from nnstudio.data.watch import Watch
from nnstudio.engine.layer import Array
from nnstudio.engine.network import Snapshot
from nnstudio.errors import DataError
from nnstudio.experiments.evaluation import classes_at

if TYPE_CHECKING:
    from nnstudio.session.session import Session

_TITLE = "Test on my drawings"
_MOST_MISTAKES = 3
_AT_ONCE = 256


@dataclass(frozen=True)
class DrawingScore:
    """How many drawings there were of the network's classes, how many were right, and the mistakes."""

    count: int
    right: int
    mistakes: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The result as a sentence: "8 of 10 right. Wrong: 4 as 9, 7 as 1."."""
        told = f"{self.right:,} of {self.count:,} of my drawings right."
        common = Counter(self.mistakes).most_common(_MOST_MISTAKES)
        listed = ", ".join(f"{actual} as {read}{f' ({n})' if n > 1 else ''}" for (actual, read), n in common)
        return f"{told} Wrong: {listed}." if listed else told


class DrawingTest(QObject):
    """Reads the drawings and predicts them, in the background, with the weights as they are at that moment.

    Signals:
        tested(score): A `DrawingScore` is there.
    """

    tested = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._threshold: float | None = None

    def read_at(self, threshold: float | None) -> None:
        """Read two classes by another threshold from now on; None is that of the network."""
        self._threshold = threshold

    def start(self) -> None:
        """Test the network that predicts now."""
        session: Session = self.parent()  # type: ignore[assignment]
        snapshot, dataset = session.snapshot, session.dataset
        if snapshot is None:
            session.failed.emit(
                _TITLE, "The model has a problem, so nothing can be predicted. Mend it first."
            )
            return
        work = partial(_score, snapshot, dataset.scaler, dataset.class_names, self._threshold)
        session.jobs.start(_TITLE, work, self._tell)

    def _tell(self, score: DrawingScore) -> None:
        self.tested.emit(score)


def _score(
    snapshot: Snapshot, scaler: Scaler, names: tuple[str, ...], threshold: float | None, watch: Watch
) -> DrawingScore:
    drawings = [one for one in read_drawer().drawings if one.label in names]
    if not drawings:
        raise DataError(
            "Expected drawings of the classes that this network knows, found none. "
            "Draw one, type its label and press “Add to my drawings”."
        )
    read: list[int] = []
    for first in range(0, len(drawings), _AT_ONCE):
        watch.go_on()
        outputs = _outputs(snapshot, scaler, drawings[first : first + _AT_ONCE])
        chosen = threshold if len(names) == 2 else None
        read += classes_at(outputs, snapshot.design.loss.boundary, chosen).tolist()
    pairs = [(one.label, names[index]) for one, index in zip(drawings, read, strict=True)]
    mistakes = tuple(pair for pair in pairs if pair[0] != pair[1])
    return DrawingScore(len(pairs), len(pairs) - len(mistakes), mistakes)


def _outputs(snapshot: Snapshot, scaler: Scaler, drawings: list[NamedDrawing]) -> Array:
    """Return what the network says of each drawing, (drawings, outputs)."""
    found = (fitted(one.image, snapshot.input_shape) for one in drawings)
    pictures = [picture for picture in found if picture is not None]
    if not pictures:  # all have one size: either all fit or none does
        raise DataError("Expected a network that takes pictures, found one that takes other numbers.")
    x = np.stack([scaler.apply(picture).reshape(snapshot.input_shape) for picture in pictures])
    return snapshot.predictor()(x)

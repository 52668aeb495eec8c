"""Answers: what a network says of samples as they came, and in which direction that would change."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.scaler import Scaler
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.network import Snapshot
from nnstudio.errors import DataError
from nnstudio.experiments.input_map import class_shares
from nnstudio.task import DataFacts

_BATCH = 128  # small enough to ask often whether a person stopped it


class Answers:
    """One snapshot at work on raw samples, which it scales as its training did; for one thread.

    ``about`` is always the index of a class, or of a value that is predicted.

    Raises:
        DataError: the network was made for other samples, or other outputs, than ``facts`` tell of.
    """

    def __init__(self, snapshot: Snapshot, facts: DataFacts, scaler: Scaler) -> None:
        self.facts = facts
        self.scaler = scaler
        self._boundary = snapshot.design.loss.boundary
        self._predictor, self._tracer = snapshot.predictor(), snapshot.tracer()
        self._shape = snapshot.input_shape
        self.takes_indices = any(layer.takes_indices for layer in snapshot.design.layers)
        outputs = self._predictor.output_shape
        wanted = ((facts.classes,), (1,)) if facts.is_classes else ((facts.outputs,),)
        if snapshot.input_shape != facts.sample_shape or outputs not in wanted:
            raise DataError(
                f"Expected a network for samples of shape {facts.sample_shape}, found one that takes "
                f"{snapshot.input_shape} and gives {outputs}. Train it with these data first."
            )
        self.single = facts.is_classes and outputs == (1,)

    def prepared(self, raw: Array) -> Array:
        """Return samples as they came (n, *shape) as the network takes them, float32."""
        return self.scaler.apply(raw).reshape(len(raw), *self._shape)

    def of(self, raw: Array, watch: Watch = UNWATCHED) -> Array:
        """Return for samples (n, *shape) how sure the network is of each class, or the values: (n, outputs).

        Raises:
            Cancelled: a person stopped it.
        """
        parts = []
        for start in range(0, len(raw), _BATCH):
            watch.go_on()
            parts.append(self._predictor(self.prepared(raw[start : start + _BATCH])).copy())
        outputs: Array = np.concatenate(parts)
        return self._shares(outputs) if self.facts.is_classes else outputs

    def _shares(self, outputs: Array) -> Array:
        shares = class_shares(outputs, self._boundary)
        unsure = np.flatnonzero(shares.sum(axis=1) == 0)  # all outputs are below 0: the best is said still
        shares[unsure, outputs[unsure].argmax(axis=1)] = 1.0 / self.facts.classes
        return shares

    def classes(self, raw: Array, watch: Watch = UNWATCHED) -> IntArray:
        """Return the predicted class of each sample, (n,)."""
        return np.asarray(self.of(raw, watch).argmax(axis=-1))

    def leads(self, raw: Array, about: int) -> Array:
        """Return how far the score of ``about`` is above that of the best other class, or the value: (n,).

        It is above 0 where the network would say ``about``.
        """
        scores = self._tracer(self.prepared(raw)).reshape(len(raw), -1)
        if not self.facts.is_classes:
            return scores[:, about].copy()
        if self.single:
            lead = scores[:, 0] - (0.0 if self._tracer.last else self._boundary)
            return np.asarray(lead if about == 1 else -lead)
        others = np.delete(scores, about, axis=1)
        return np.asarray(scores[:, about] - others.max(axis=1))

    def slopes(self, prepared: Array, about: int, *, best_only: bool = False) -> Array:
        """Return the gradient by inputs (n, *shape), of the same shape, of how much speaks for ``about``.

        That is log(p / (1 - p)) for the probability p of a class, which keeps its slope where p is nearly 1:
        its score less the log-sum-exp of the others, or less the best of them with ``best_only``. In a
        regression it is the value.
        """
        scores = self._tracer(prepared).reshape(len(prepared), -1)
        return self._tracer.gradient(self._towards(scores, about, best_only))

    def _towards(self, scores: Array, about: int, best_only: bool) -> Array:
        dz = np.zeros_like(scores)
        if self.single:
            dz[:, 0] = 1.0 if about == 1 else -1.0
            return dz
        if self.facts.is_classes:
            others = scores.copy()
            others[:, about] = -np.inf
            best = others.max(axis=1, keepdims=True)
            weights = (others == best).astype(dz.dtype) if best_only else np.exp(others - best)
            dz -= weights / weights.sum(axis=1, keepdims=True)
        dz[:, about] = 1.0
        return dz

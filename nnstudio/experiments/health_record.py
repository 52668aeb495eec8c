"""HealthRecord: how the layers of a run were found to learn, and what may be said of each by now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nnstudio.engine.health import LayerHealth

MOST_LOOKS = 48
_STEADY_LOOKS, _STEADY = 3, 2  # so many of the newest looks must agree before anything is said


@dataclass(frozen=True)
class LayerRecord:
    """The looks at one layer, oldest first; one at least."""

    looks: tuple[LayerHealth, ...]

    @property
    def newest(self) -> LayerHealth:
        """The newest look."""
        return self.looks[-1]

    @property
    def name(self) -> str:
        """The name of the layer."""
        return self.newest.name

    @property
    def update(self) -> float | None:
        """The newest change per batch that is known, as a share of the weights."""
        return next((look.update for look in reversed(self.looks) if look.update is not None), None)

    @property
    def updates(self) -> tuple[float, ...]:
        """The changes per batch that are known, oldest first."""
        return tuple(look.update for look in self.looks if look.update is not None)

    @property
    def advice(self) -> str:
        """What is wrong and what to try; "" where nothing is, or where it was so only for a moment."""
        recent = [look.advice for look in self.looks[-_STEADY_LOOKS:]]
        words, count = Counter(recent).most_common(1)[0]
        return words if count >= min(_STEADY, len(recent)) else ""


@dataclass(frozen=True)
class HealthRecord:
    """The layers with weights that learn, in the order of the stack; ``key`` is that of the run."""

    key: str = ""
    layers: tuple[LayerRecord, ...] = ()

    @property
    def problems(self) -> tuple[LayerRecord, ...]:
        """The layers of which something is to be said."""
        return tuple(layer for layer in self.layers if layer.advice)

    def looked(self, key: str, looks: tuple[LayerHealth, ...]) -> HealthRecord:
        """Return the record with one more look at all layers; another run or stack begins a new one."""
        same = key == self.key and [one.name for one in self.layers] == [look.name for look in looks]
        before = tuple(layer.looks for layer in self.layers) if same else ((),) * len(looks)
        layers = (LayerRecord((*old, look)[-MOST_LOOKS:]) for old, look in zip(before, looks, strict=True))
        return HealthRecord(key, tuple(layers))

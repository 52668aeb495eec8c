"""NewStart: what a training of an edited design begins with: weights that still fit, or all fresh ones."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nnstudio.engine.fit_words import count_words
from nnstudio.engine.layer import Layer
from nnstudio.engine.network import Snapshot
from nnstudio.engine.remembering import remembered
from nnstudio.errors import ShapeError
from nnstudio.experiments.starting import Weighed, weighed, weighed_layers
from nnstudio.session.desk import Desk
from nnstudio.session.training_run import Phase
from nnstudio.task import Shape

_FEW = 3  # names that a sentence tells


class NewStart(QObject):
    """Layers keep their weights where the stack was edited after a training, unless a person wants none kept.

    With other plans, losses or optimizers alone a run begins anew, so that runs can be compared. To keep none
    is a choice for the next training alone: no project holds it, and the training after it keeps again.

    Signals:
        changed(): Other weights would be kept, or a person chose whether to keep any.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._keeps = True
        self._known: tuple[Snapshot | None, dict[str, Weighed]] = (None, {})
        desk.weights_changed.connect(self.changed)
        desk.run_changed.connect(self._follow_run)

    @property
    def keeps(self) -> bool:
        """Whether weights that fit are to be kept."""
        return self._keeps

    def keep(self, keeps: bool) -> None:
        """Keep weights that fit, or none."""
        if keeps != self._keeps:
            self._keeps = keeps
            self.changed.emit()

    @property
    def is_edited(self) -> bool:
        """Whether the stack is another than the one that was trained."""
        trained = self._trained()
        return trained is not None and trained.design.layers != self._desk.document.design.layers

    @property
    def kept(self) -> Snapshot | None:
        """The weights to keep where they fit; None where all begin anew."""
        return self._trained() if self._keeps and self.is_edited else None

    def fits(self, layer: Layer, shape: Shape) -> bool | None:
        """Return whether trained weights fit ``layer``, which gets samples of ``shape``; None without any."""
        try:
            kind = weighed(layer, shape)
        except ShapeError:
            return None
        return self._weighed().get(layer.name) == kind if kind[1] else None

    def words(self) -> str:
        """Say what Train would keep and what would begin anew; "" where the stack is the trained one."""
        if not self.is_edited or not self._desk.document.report.ready:
            return ""
        before, now = self._weighed(), self._weighed_now()
        kept = [name for name, kind in now.items() if before.get(name) == kind]
        fresh = [name for name in now if name not in kept]
        if not kept or not self._keeps:
            return "All layers begin anew."
        told = f"{_listed(kept)} {'keeps its' if len(kept) == 1 else 'keep their'} weights"
        begin = f"; {_listed(fresh)} {'begins' if len(fresh) == 1 else 'begin'} anew" if fresh else ""
        return f"{told}{begin}."

    @property
    def has_choice(self) -> bool:
        """Whether there are weights to keep at all."""
        before, now = self._weighed(), self._weighed_now() if self.is_edited else {}
        return any(before.get(name) == kind for name, kind in now.items())

    def _follow_run(self) -> None:
        """Keep again, once the stack that a person chose for is the trained one."""
        if not self.is_edited:
            self._keeps = True
        self.changed.emit()

    @property
    def _desk(self) -> Desk:
        desk = self.parent()
        assert isinstance(desk, Desk)
        return desk

    def _trained(self) -> Snapshot | None:
        """The weights that were trained last, apart from those that are no numbers any more."""
        run = self._desk.run
        if run is not None and run.phase is Phase.FAILED:
            return None
        trained = self._desk.trained_model
        return trained.snapshot if trained is not None else None

    def _weighed_now(self) -> dict[str, Weighed]:
        return _of_design(self._desk.document.design, self._desk.document.facts.sample_shape)

    def _weighed(self) -> dict[str, Weighed]:
        trained = self._trained()
        if trained is None:
            return {}
        if self._known[0] is None or self._known[0].design.layers != trained.design.layers:
            self._known = (trained, weighed_layers(trained.design, trained.input_shape))
        return self._known[1]


_of_design = remembered(most=4)(weighed_layers)


def _listed(names: list[str]) -> str:
    """Return some names in words."""
    if len(names) > _FEW:
        return count_words(len(names), "layer")
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)

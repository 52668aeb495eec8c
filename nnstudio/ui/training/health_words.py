"""HealthWords: the health of a layer in words, short for a cell and in full for a tool-tip."""

from __future__ import annotations

from nnstudio.engine import health
from nnstudio.experiments.health_record import HealthRecord, LayerRecord

HELP = (
    "<b>How each layer learns</b>"
    "<p><b>Change</b>: by how much one batch changes the weights, as a share of their size. About 0.1 % is "
    "usual; more than 20 % is jumping, and next to nothing is no learning. The line is its past.</p>"
    "<p><b>Gradient</b>: how strongly the loss asks the weights to change. If a layer gets less than a "
    "thousandth of what another one gets, it has vanished on the way.</p>"
    "<p><b>Dead</b>: units behind ReLU that give 0 for every one of the samples looked at. They cannot "
    "learn any more.</p>"
    "<p><b>Saturated</b>: outputs at an end of sigmoid or tanh, where hardly any gradient passes.</p>"
    "<p>Measured now and then on 128 training samples, with a copy of the weights. A click on a layer, or "
    "Enter, shows its card.</p>"
)
_WELL = "learning well"
_LEAST = 1e-5  # smaller shares are written with a power of ten
_STATES = {
    health.EXPLODING: "exploding",
    health.DEAD: "dead units",
    health.SATURATED: "saturated",
    health.JUMPING: "jumping",
    health.VANISHING: "vanishing",
    health.CUT_OFF: "cut off",
    health.SLOW: "standing still",
}
_OF_UNITS = (health.DEAD, health.SATURATED)


def state_words(layer: LayerRecord) -> str:
    """Return how a layer stands, in a word or two."""
    return _STATES.get(layer.advice, _WELL)


def update_words(layer: LayerRecord) -> str:
    """Return the newest change per batch: "0.12 %"; a dash while nothing has changed."""
    return "–" if layer.update is None else _share(layer.update)


def second_words(layer: LayerRecord) -> str:
    """Return the figure that tells most beside the change: dead units, saturation, or the gradient."""
    look = layer.newest
    if look.dead is not None:
        return f"{round(look.dead * look.units):,} of {look.units:,} dead"
    if look.saturated is not None:
        return f"{100 * look.saturated:.0f} % saturated"
    return f"gradient {look.gradient:.2g}"


def proof_words(layer: LayerRecord) -> str:
    """Return the figure that the advice comes from."""
    if layer.advice in (health.JUMPING, health.SLOW):
        return f"change {update_words(layer)}"
    return second_words(layer) if layer.advice in _OF_UNITS else f"gradient {layer.newest.gradient:.2g}"


def tip_words(layer: LayerRecord, *, linked: bool) -> str:
    """Return all figures of a layer, one a line, and what to do."""
    look = layer.newest
    lines = [f"{layer.name}: {state_words(layer)}"]
    if layer.advice:
        lines.append(f"{layer.advice}.")
    if layer.update is not None:
        lines.append(f"One batch changes the weights by {_share(layer.update)} of their size.")
    lines.append(f"Length of the gradient: {look.gradient:.3g}{_reach_words(look.reach)}.")
    if look.dead is not None:
        lines.append(f"{second_words(layer)}: 0 for all samples looked at.")
    if look.saturated is not None:
        lines.append(f"{second_words(layer)}: at an end of their function.")
    lines.append("Click, or Enter: show its card." if linked else "Its card is not in the design any more.")
    return "\n".join(lines)


def head_words(record: HealthRecord) -> str:
    """Return how all layers stand together."""
    count, wrong = len(record.layers), len(record.problems)
    if wrong:
        return f"{wrong} of {count} need a look"
    return "1 layer, all well" if count == 1 else f"{count} layers, all well"


def _share(share: float) -> str:
    if share != share:
        return "no number"
    return f"{100 * share:.2g} %" if share >= _LEAST or share == 0.0 else f"{100 * share:.0e} %"


def _reach_words(reach: float) -> str:
    return f", {_share(reach)} of the longest" if reach < 1.0 else ""

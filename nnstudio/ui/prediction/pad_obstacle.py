"""PadObstacle: why nothing can be drawn for a network."""

from __future__ import annotations

from nnstudio.data.digits import SIDE_PX
from nnstudio.data.picture_parts import takes_pictures
from nnstudio.task import DataFacts, Shape
from nnstudio.ui.prediction.seen_view import TIMES


def obstacle_for(facts: DataFacts, shape: Shape) -> str:
    """Say why a network for ``facts`` that takes samples of ``shape`` takes no drawing; "" where it does."""
    if not facts.is_classes:
        return "The drawing pad works with images and classes; these data have values to predict."
    if takes_pictures(shape, SIDE_PX * SIDE_PX):
        return ""
    sides = TIMES.join(map(str, shape))
    made = f"The drawing pad makes pictures of {SIDE_PX}{TIMES}{SIDE_PX}"
    return f"{made}, but this network takes {sides} numbers."

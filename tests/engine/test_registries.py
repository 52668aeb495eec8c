"""What everything that a person chooses promises, tested over the registries."""

from __future__ import annotations

import pytest

from nnstudio.engine.constraints import CONSTRAINTS
from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.regularizers import REGULARIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.settings import problems_with, settings_of

of_everything = pytest.mark.parametrize(
    "kind",
    [*LAYERS, *LOSSES, *OPTIMIZERS, *SCHEDULES, *INITIALIZERS, *REGULARIZERS, *CONSTRAINTS, *METRICS],
)


@of_everything
def test_a_default_value_is_free_of_problems_and_equal_to_another(kind: type) -> None:
    assert problems_with(kind()) == ()
    assert kind() == kind() and hash(kind()) == hash(kind())


@of_everything
def test_its_first_sentence_and_every_setting_say_what_they_are(kind: type) -> None:
    assert (kind.__doc__ or "").strip().split("\n")[0].rstrip().rfind(".") > 0
    assert all(declared.help.endswith(".") for declared in settings_of(kind))

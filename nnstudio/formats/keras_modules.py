"""KerasModules: in which module of Keras an object is, which its newer files tell and Python calls need."""

from __future__ import annotations

from typing import Any

from nnstudio.engine.constraints import CONSTRAINTS
from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.regularizers import REGULARIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.formats.values import Json

_MODULES: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("layers", LAYERS),
    ("initializers", INITIALIZERS),
    ("regularizers", REGULARIZERS),
    ("constraints", CONSTRAINTS),
    ("losses", LOSSES),
    ("optimizers", OPTIMIZERS),
    ("optimizers.schedules", SCHEDULES),
)
_METRICS = "metrics"  # some are called as a loss is: so these are known by their place


def module_of(class_name: str) -> str:
    """Return the module of Keras, without "keras.", that has an object which is no metric."""
    found = (module for module, kinds in _MODULES if class_name in [kind.__name__ for kind in kinds])
    return next(found, _METRICS)


def with_modules(value: Any, module: str = "") -> Any:
    """Return a config with the module of each object in it; ``module`` is that of ``value`` itself."""
    if isinstance(value, list):
        return [with_modules(inner, module) for inner in value]
    if not isinstance(value, dict):
        return value
    inner = {key: with_modules(inner) for key, inner in value.items()}
    if not isinstance(value.get("class_name"), str):
        return inner
    place: Json = {"module": f"keras.{module or module_of(value['class_name'])}"}
    return place | inner | {"registered_name": None}

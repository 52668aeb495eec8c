"""Train default: makes resources/projects/default.h5, the trained project that a new window opens with.

Run `python packaging/train_default.py`; it takes some seconds. The seed is that of the plan, so that pressing
Train in the window gives the same network again.
"""

from __future__ import annotations

from nnstudio.commands.opening import tested
from nnstudio.commands.training import train_study
from nnstudio.data.load import load
from nnstudio.experiments.default import default_study
from nnstudio.formats.keras_h5 import write_model
from nnstudio.paths import resource


def main() -> None:
    """Train, write, and say how good it is."""
    study = default_study()
    dataset = load(study.recipe)
    model = train_study(study, dataset)
    path = resource("projects", "default.h5")
    path.parent.mkdir(exist_ok=True)
    write_model(path, model)
    print(f"wrote {path}, {path.stat().st_size:,} bytes")
    print(f"test accuracy: {100 * tested(model, dataset).accuracy:.2f} %")


if __name__ == "__main__":
    main()

"""Options: what can be typed after each verb, and the sentence where something else was."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from nnstudio import __version__
from nnstudio.errors import UserError

Verb = Callable[[argparse.Namespace], int]

# What convert writes, in the order of the kinds of nnstudio.formats.export.
KIND_NAMES = ("h5", "keras", "keras3-program", "keras2-program", "numpy-program", "onnx")

# How sweep picks combinations, as nnstudio.commands.sweep knows it.
STRATEGY_NAMES = ("grid", "random", "halving")

DEMO_FOLDER = Path("nnstudio-demo")

_DESCRIPTION = "Build, train and inspect small neural networks. Without a verb the window opens."
_EXAMPLES = """\
examples:
  nnstudio                                     open the window
  nnstudio digits.nnstudio                     open it with a project
  nnstudio model.h5                            open it with a model
  nnstudio train --output model.h5             train the default network on the digits that ship
  nnstudio train --model old.h5 --data train-images-idx3-ubyte.gz --output new.h5
  nnstudio train --data mnist --output new.h5  fetch the complete MNIST once, and train on it
  nnstudio sweep --set "layers.hidden_1.units=32,64" --set "optimizer.learning_rate=1e-4..1e-2 log 3"
  nnstudio evaluate model.h5                   loss and accuracy on its test samples
  nnstudio predict model.h5 --count 20 --csv   predictions as a table for other programs
  nnstudio inspect digits.nnstudio             what is in a project; the other verbs read one too
  nnstudio convert model.keras model.h5        as a file that Keras 2 and 3 both open
  nnstudio convert model.h5 predict.py         as a program that needs NumPy and nothing else

nnstudio VERB --help tells all about a verb. No verb needs a display or a library of Qt.
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are told as all others are."""

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message}. See {self.prog} --help.")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a whole number, found {text!r}") from None


def _real(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a number, found {text!r}") from None


def parser_of(verbs: Mapping[str, Verb]) -> argparse.ArgumentParser:
    """Return the parser of everything but the paths that a window opens with; ``verbs`` do the work."""
    parser = _Parser(
        prog="nnstudio",
        usage="nnstudio [FILE]\n       nnstudio VERB [options]",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"nnstudio {__version__}")
    places = parser.add_subparsers(title="verbs", metavar="VERB", prog="nnstudio", required=True)
    for name, (sentence, add_options) in _OPTIONS.items():
        verb = places.add_parser(name, help=sentence, description=sentence)
        verb.set_defaults(run=verbs[name])
        add_options(verb)
    return parser


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-pictures", action="store_true", help="leave out the pictures of the window")
    parser.add_argument("--epochs", type=_whole, metavar="N", help="how often to go through the samples (10)")
    folder = f"where the files go ({DEMO_FOLDER})"
    parser.add_argument("--output", type=Path, default=DEMO_FOLDER, metavar="FOLDER", help=folder)


def _train_options(parser: argparse.ArgumentParser) -> None:
    _study_options(parser)
    output = "the file to write; Keras opens it"
    parser.add_argument("--output", type=Path, metavar="FILE.h5", required=True, help=output)


def _sweep_options(parser: argparse.ArgumentParser) -> None:
    _study_options(parser)
    listed = "list the settings that can be varied, with their values now, and train nothing"
    parser.add_argument("--list", action="store_true", help=listed)
    varied = 'what to vary, up to four times: 32,64 or "16..128 step 16" or "1e-4..1e-1 log 4" or all'
    parser.add_argument("--set", action="append", default=[], metavar="SETTING=VALUES", help=varied)
    strategy = f"which combinations are trained: {', '.join(STRATEGY_NAMES)} (grid: all of them)"
    parser.add_argument("--strategy", choices=STRATEGY_NAMES, default="grid", metavar="KIND", help=strategy)
    parser.add_argument("--trials", type=_whole, metavar="N", help="random, halving: how many are drawn")
    parser.add_argument("--factor", type=_whole, metavar="N", help="halving: one of so many goes on")
    parser.add_argument(
        "--least-epochs", type=_whole, metavar="N", help="halving: epochs before the first end"
    )
    parser.add_argument("--draw-seed", type=_whole, metavar="N", help="random, halving: the seed of the draw")
    parser.add_argument(
        "--best-by", metavar="FIGURE", help="what is compared, such as val_accuracy (val_loss)"
    )
    workers = "how many trainings at once, each in a process of its own (as many as suit the machine)"
    parser.add_argument("--workers", type=_whole, metavar="N", help=workers)
    cluster = "train on the workers of a Dask cluster, such as tcp://10.0.0.1:8786, instead"
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help=cluster)
    parser.add_argument("--csv", action="store_true", help="write a table for other programs")
    parser.add_argument("--output", type=Path, metavar="FILE.h5", help="write the best network, for Keras")


def _study_options(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "the digits that ship, or those of --model")
    apart = "samples that validate, like those of --data; otherwise a share of those does"
    parser.add_argument("--validation", type=Path, metavar="PATH", help=apart)
    model = "take layers, loss, optimizer and plan from this model or project; its weights begin anew"
    parser.add_argument("--model", type=Path, metavar="FILE", help=model)
    parser.add_argument("--epochs", type=_whole, metavar="N", help="how often to go through the samples")
    parser.add_argument("--batch-size", type=_whole, metavar="N", help="samples for each change of weights")
    parser.add_argument("--learning-rate", type=_real, metavar="RATE", help="how far a step goes")
    parser.add_argument("--seed", type=_whole, metavar="N", help="the same seed gives the same network")


def _evaluate_options(parser: argparse.ArgumentParser) -> None:
    _model_argument(parser)
    _data_option(parser, "those that the model was trained on")


def _predict_options(parser: argparse.ArgumentParser) -> None:
    _evaluate_options(parser)
    parser.add_argument("--count", type=_whole, default=10, metavar="N", help="how many samples (10)")
    parser.add_argument("--csv", action="store_true", help="write a table for other programs")


def _convert_options(parser: argparse.ArgumentParser) -> None:
    _model_argument(parser)
    output = (
        "the file to write: .h5, which Keras 2 and 3 open; .keras, with which Keras 3 trains on; .py, a "
        "program that predicts with NumPy alone; or .onnx"
    )
    parser.add_argument("output", type=Path, metavar="NEW", help=output)
    kind = f"what is written, where its ending leaves that open: {', '.join(KIND_NAMES)}"
    parser.add_argument("--kind", choices=KIND_NAMES, metavar="KIND", help=kind)
    slots = "write what the optimizer remembers as Keras 2 keeps it; Keras 3 then cannot train the .h5 on"
    parser.add_argument("--old-slots", action="store_true", help=slots)
    beside = "write a .json beside it that says how raw samples become inputs"
    parser.add_argument("--preparation", action="store_true", help=beside)
    outside = "leave the scaling of raw samples out of an .onnx file"
    parser.add_argument("--no-scaling", action="store_true", help=outside)
    _data_option(parser, "what the model was trained on where a program for Keras needs it")


def _model_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "model",
        type=Path,
        metavar="FILE",
        help="a project, or a model (.h5, .keras) of nnstudio or any Keras",
    )


def _data_option(parser: argparse.ArgumentParser, default: str) -> None:
    text = (
        "a table, IDX files, NumPy arrays, a folder of images; or sample, mnist, fashion-mnist (both fetched "
        f"once), drawings ({default})"
    )
    parser.add_argument("--data", type=Path, metavar="PATH", help=text)


_OPTIONS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "demo": ("train on digits, test, export, read back, take pictures of the window", _demo_options),
    "train": ("train a network and write it to a file", _train_options),
    "sweep": ("train a network with many settings and tell which suit it best", _sweep_options),
    "evaluate": ("tell how right a model is on test samples", _evaluate_options),
    "predict": ("tell what a model sees in test samples", _predict_options),
    "inspect": ("show what is in a model or project: layers, shapes, how it learnt, notes", _model_argument),
    "convert": ("write a model as .h5 for Keras 2 and 3, as .keras, or as a program", _convert_options),
}

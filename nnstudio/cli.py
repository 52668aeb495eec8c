"""Cli: opens the window, or does the same work without one: train, evaluate, predict, inspect, convert."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from nnstudio import __version__
from nnstudio.errors import UserError

# Everything heavy is imported inside functions: help and mistakes in what was typed are answered at once.

DEMO_FOLDER = Path("nnstudio-demo")
_USER_ERROR, _INTERRUPTED, _PIPE_CLOSED = 2, 130, 141  # the last two are what shells expect

_DESCRIPTION = "Build, train and inspect small neural networks. Without a verb the window opens."
_EXAMPLES = """\
examples:
  nnstudio                                     open the window
  nnstudio digits.nnstudio                     open it with a project
  nnstudio model.h5                            open it with a model
  nnstudio train --output model.h5             train the default network on the digits that ship
  nnstudio train --model old.h5 --data train-images-idx3-ubyte.gz --output new.h5
  nnstudio train --data mnist --output new.h5  fetch the complete MNIST once, and train on it
  nnstudio evaluate model.h5                   loss and accuracy on its test samples
  nnstudio predict model.h5 --count 20 --csv   predictions as a table for other programs

nnstudio VERB --help tells all about a verb. No verb needs a display or a library of Qt.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _print_whatever_comes()
    try:
        return _run(arguments)
    except UserError as error:
        print(f"nnstudio: {error}", file=sys.stderr)
        return _USER_ERROR
    except KeyboardInterrupt:
        print("\nnnstudio: stopped as you asked; no unfinished file was left behind.", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read us is gone, as in "nnstudio predict ... | head". Python must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED


def _print_whatever_comes() -> None:
    """Let a terminal that lacks a letter show another one instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _run(arguments: list[str]) -> int:
    if not arguments or not (arguments[0] in VERBS or arguments[0].startswith("-")):
        return _window(arguments)
    parsed = _parser().parse_args(arguments)
    status: int = parsed.run(parsed)
    sys.stdout.flush()
    return status


def _window(paths: list[str]) -> int:
    for path in paths:
        if not Path(path).exists():
            close = get_close_matches(path, VERBS, n=1)
            advice = f"Did you mean nnstudio {close[0]}?" if close else "See nnstudio --help."
            raise UserError(f"expected one of {', '.join(VERBS)} or a file, found {path!r}. {advice}")
    from nnstudio.preflight import qt_problems

    problems = qt_problems(os.environ)
    if problems:
        raise UserError("\n".join(("the window cannot open.", *problems)))
    from nnstudio.app import run_window

    return run_window(paths)


def _demo(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.demo import run

    return run(arguments)


def _train(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.train import run

    return run(arguments)


def _evaluate(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.evaluate import run

    return run(arguments)


def _predict(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.predict import run

    return run(arguments)


def _inspect(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.inspect import run

    return run(arguments)


def _convert(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.convert import run

    return run(arguments)


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "train": _train,
    "evaluate": _evaluate,
    "predict": _predict,
    "inspect": _inspect,
    "convert": _convert,
}


def _parser() -> argparse.ArgumentParser:
    """Return the parser of everything but the paths that a window opens with."""
    parser = argparse.ArgumentParser(
        prog="nnstudio",
        usage="nnstudio [FILE]\n       nnstudio VERB [options]",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"nnstudio {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", prog="nnstudio", required=True)
    for name, (sentence, add_options) in _OPTIONS.items():
        verb = verbs.add_parser(name, help=sentence, description=sentence)
        verb.set_defaults(run=VERBS[name])
        add_options(verb)
    return parser


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-pictures", action="store_true", help="leave out the pictures of the window")
    parser.add_argument("--epochs", type=int, metavar="N", help="how often to go through the samples (10)")
    folder = f"where the files go ({DEMO_FOLDER})"
    parser.add_argument("--output", type=Path, default=DEMO_FOLDER, metavar="FOLDER", help=folder)


def _train_options(parser: argparse.ArgumentParser) -> None:
    _data_option(parser, "the digits that ship, or those of --model")
    model = "take layers, loss, optimizer and plan from this file; its weights begin anew"
    parser.add_argument("--model", type=Path, metavar="FILE.h5", help=model)
    parser.add_argument("--epochs", type=int, metavar="N", help="how often to go through the samples")
    parser.add_argument("--batch-size", type=int, metavar="N", help="samples for each change of weights")
    parser.add_argument("--learning-rate", type=float, metavar="RATE", help="how far a step goes")
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same network")
    output = "the file to write; Keras opens it"
    parser.add_argument("--output", type=Path, metavar="FILE.h5", required=True, help=output)


def _evaluate_options(parser: argparse.ArgumentParser) -> None:
    _model_argument(parser)
    _data_option(parser, "those that the model was trained on")


def _predict_options(parser: argparse.ArgumentParser) -> None:
    _evaluate_options(parser)
    parser.add_argument("--count", type=int, default=10, metavar="N", help="how many samples (10)")
    parser.add_argument("--csv", action="store_true", help="write a table for other programs")


def _convert_options(parser: argparse.ArgumentParser) -> None:
    _model_argument(parser)
    parser.add_argument(
        "output", type=Path, metavar="NEW.h5", help="the file to write; Keras 2 and 3 open it"
    )


def _model_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="FILE.h5", help="a model that nnstudio or Keras saved")


def _data_option(parser: argparse.ArgumentParser, default: str) -> None:
    text = (
        "a table, IDX files, NumPy arrays, a folder of images; or sample, mnist, fashion-mnist (both fetched "
        f"once), drawings ({default})"
    )
    parser.add_argument("--data", type=Path, metavar="PATH", help=text)


_OPTIONS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "demo": ("train on digits, test, export, read back, take pictures of the window", _demo_options),
    "train": ("train a network and write it to a file", _train_options),
    "evaluate": ("tell how right a model is on test samples", _evaluate_options),
    "predict": ("tell what a model sees in test samples", _predict_options),
    "inspect": ("show layers, settings and plan of a model", _model_argument),
    "convert": ("write a model of any Keras as a file that Keras 2 and 3 both open", _convert_options),
}

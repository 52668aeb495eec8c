"""Cli: opens the window, or does the same work without one; each verb has its file in commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from nnstudio.commands.options import parser_of
from nnstudio.errors import UserError

# Everything heavy is imported inside functions: help and mistakes in what was typed are answered at once.

_USER_ERROR = 2
_INTERRUPTED = 130  # what shells expect of a program that ended by Ctrl+C
_PIPE_CLOSED = 141
_OPTIONS_ALONE = ("-h", "--help", "--version")


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
    if not arguments or not (arguments[0] in VERBS or arguments[0] in _OPTIONS_ALONE):
        return _window(arguments)
    parsed, rest = parser_of(VERBS).parse_known_args(arguments)
    if rest:
        raise UserError(f"{_unknown(rest[0], arguments[0])} See nnstudio {arguments[0]} --help.")
    status: int = parsed.run(parsed)
    sys.stdout.flush()
    return status


def _unknown(argument: str, verb: str) -> str:
    kind = "option" if argument.startswith("-") else "argument"
    return f"{verb} has no {kind} {argument}."


def _window(paths: list[str]) -> int:
    for path in paths:
        if not Path(path).exists():
            raise UserError(_no_file(path))
    from nnstudio.preflight import qt_problems

    problems = qt_problems(os.environ)
    if problems:
        raise UserError("\n".join(("the window cannot open.", *problems)))
    from nnstudio.app import run_window

    return run_window(paths)


def _no_file(path: str) -> str:
    """Say why ``path`` opens nothing: a mistyped option, verb or name of a file."""
    if path.startswith("-"):
        return f"there is no option {path}. See nnstudio --help."
    if Path(path).suffix or os.sep in path:
        return f"there is no file {path}. Check its name and folder, or see nnstudio --help."
    close = get_close_matches(path, VERBS, n=1)
    advice = f"Did you mean nnstudio {close[0]}?" if close else "See nnstudio --help."
    return f"expected one of {', '.join(VERBS)} or a file, found {path!r}. {advice}"


def _demo(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.demo import run

    return run(arguments)


def _train(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.train import run

    return run(arguments)


def _sweep(arguments: argparse.Namespace) -> int:
    from nnstudio.commands.sweep import run

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
    "sweep": _sweep,
    "evaluate": _evaluate,
    "predict": _predict,
    "inspect": _inspect,
    "convert": _convert,
}

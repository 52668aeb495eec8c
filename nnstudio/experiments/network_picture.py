"""NetworkPicture: a network drawn as SVG: a box for the input and for each layer, sized by its shape."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from nnstudio.engine.checks import Report
from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import count_words, shape_words
from nnstudio.task import DataFacts, Shape

_TALLEST, _SHORTEST, _BAR, _SLICE = 140.0, 12.0, 18.0, 4.0
_MOST_SLICES = 8
_GAP, _MARGIN, _CHAR = 22.0, 16.0, 6.4
_LINE, _WORDS = 15.0, 52.0
_POWER = 0.5  # long axes would dwarf all others


@dataclass(frozen=True)
class Inks:
    """The colours: the ground ("" for none), lines, words, and a pair of line and fill for each family."""

    ground: str
    line: str
    text: str
    faint: str
    families: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class _Stage:
    """One box: what is written below it, in which colours it is, and the shape that sizes it."""

    title: str
    words: tuple[str, ...]
    colors: tuple[str, str]
    shape: Shape


def network_svg(design: Design, report: Report, facts: DataFacts, inks: Inks, *, words: bool = True) -> str:
    """Return the part of the network whose shapes are known; without ``words`` only the boxes."""
    stages = list(_stages(design, report, facts, inks))
    longest = _longest(stages)
    parts, x = [], _MARGIN
    middle = _MARGIN + (_TALLEST + _SLICE * _MOST_SLICES) / 2
    for index, stage in enumerate(stages):
        box = _box_width(stage, longest)
        wide = max(box, _word_width(stage)) if words else box
        if index:
            parts.append(_arrow(x, middle, inks))
            x += _GAP
        parts += _boxes(stage, x + (wide - box) / 2, middle, longest)
        if words:
            parts += _labels(stage, x + wide / 2, 2 * middle - _MARGIN + 4, inks)
        x += wide
    height = 2 * middle + (_WORDS if words else 0.0)
    return _document(x + _MARGIN, height, inks, parts)


def _stages(design: Design, report: Report, facts: DataFacts, inks: Inks) -> Iterator[_Stage]:
    plain = (inks.line, inks.ground or "none")
    yield _Stage("Input", (shape_words(facts.sample_shape),), plain, facts.sample_shape)
    for layer, found in zip(design.layers, report.layers, strict=True):
        if found.output_shape is not None:
            count = (count_words(found.parameters, "parameter"),) if found.parameters else ()
            words = (shape_words(found.output_shape), *count)
            yield _Stage(type(layer).__name__, words, inks.families[layer.family], found.output_shape)


def _longest(stages: list[_Stage]) -> tuple[int, int]:
    """Return the longest row of numbers, and the longest side of a picture."""
    rows = [stage.shape[0] for stage in stages if len(stage.shape) == 1]
    sides = [length for stage in stages if len(stage.shape) > 1 for length in stage.shape[:2]]
    return max(rows, default=1), max(sides, default=1)


def _size(stage: _Stage, longest: tuple[int, int]) -> tuple[float, float, int]:
    """Return width, height and how many slices lie behind each other."""
    shape = stage.shape
    if len(shape) < 2:
        return _BAR, _length(shape[0] if shape else 1, longest[0]), 1
    slices = min(shape[2], _MOST_SLICES) if len(shape) > 2 else 1
    return _length(shape[1], longest[1]), _length(shape[0], longest[1]), slices


def _length(length: int, longest: int) -> float:
    return max(_SHORTEST, _TALLEST * math.pow(length / longest, _POWER))


def _box_width(stage: _Stage, longest: tuple[int, int]) -> float:
    width, _, slices = _size(stage, longest)
    return width + _SLICE * (slices - 1)


def _word_width(stage: _Stage) -> float:
    return max(1.1 * len(stage.title), *(len(line) for line in stage.words)) * _CHAR


def _boxes(stage: _Stage, x: float, middle: float, longest: tuple[int, int]) -> Iterator[str]:
    width, height, slices = _size(stage, longest)
    line, fill = stage.colors
    top = middle - (height + _SLICE * (slices - 1)) / 2
    for number in reversed(range(slices)):
        left, up = x + _SLICE * number, top + _SLICE * (slices - 1 - number)
        yield (
            f'<rect x="{left:.1f}" y="{up:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3" '
            f'fill="{fill}" stroke="{line}"/>'
        )


def _arrow(x: float, middle: float, inks: Inks) -> str:
    tip = x + _GAP - 5
    return (
        f'<path d="M{x + 5:.1f} {middle:.1f}H{tip:.1f}m-4 -3.5 4 3.5 -4 3.5" fill="none" '
        f'stroke="{inks.line}" stroke-width="1.5"/>'
    )


def _labels(stage: _Stage, x: float, y: float, inks: Inks) -> Iterator[str]:
    yield _text(stage.title, x, y, inks.text, 'font-weight="600"')
    for number, line in enumerate(stage.words, 1):
        yield _text(line, x, y + number * _LINE, inks.faint, "")


def _text(words: str, x: float, y: float, color: str, more: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}" {more}>{escape(words)}</text>'


def _document(width: float, height: float, inks: Inks, parts: list[str]) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    ground = f'<rect width="100%" height="100%" fill="{inks.ground}"/>' if inks.ground else ""
    style = 'font-family="Inter, DejaVu Sans, sans-serif" font-size="11" text-anchor="middle"'
    body = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{ground}<g {style}>\n{body}\n</g></svg>\n'

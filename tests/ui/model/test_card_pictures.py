"""Pictures of cards: what they show is what painting shows, and an edit paints its own card alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from nnstudio.engine.checks import LayerReport, Status
from nnstudio.engine.layers import Dense
from nnstudio.engine.problems import Problem, Severity
from nnstudio.ui import theme
from nnstudio.ui.model import card_pictures
from nnstudio.ui.model.card_face import CardFace, paint_card
from nnstudio.ui.model.card_pictures import CardPictures

ROW = QRect(0, 0, 460, 96)
REPORT = LayerReport("dense", Status.OK, (16,), 272, 272, 256)
FACE = CardFace(Dense(16, name="dense"), REPORT, None, "", 0.5, hot=False, chosen=False)


@pytest.fixture(params=[theme.LIGHT, theme.DARK], ids=["light", "dark"], autouse=True)
def themed(request: pytest.FixtureRequest, qapp: QApplication) -> object:
    theme.apply(qapp, request.param)
    yield
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[CardFace]:
    """The faces that were painted and not drawn from a picture."""
    faces: list[CardFace] = []

    def paint(painter: QPainter, face: CardFace, row: QRect, font: QFont) -> None:
        faces.append(face)
        paint_card(painter, face, row, font)

    monkeypatch.setattr(card_pictures, "paint_card", paint)
    return faces


def ground() -> QImage:
    image = QImage(ROW.size(), QImage.Format.Format_RGB32)
    image.fill(theme.current().color("window"))
    return image


def drawn(pictures: CardPictures, face: CardFace) -> QImage:
    image = ground()
    with QPainter(image) as painter:
        pictures.draw(painter, face, ROW, QFont())
    return image


def test_a_picture_shows_what_painting_shows() -> None:
    image = ground()
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, FACE, ROW, QFont())
    pictures = CardPictures()
    assert image != ground() and drawn(pictures, FACE) == image
    assert drawn(pictures, FACE) == image


def test_what_did_not_change_is_not_painted_again(painted: list[CardFace]) -> None:
    pictures = CardPictures()
    for _ in range(3):
        drawn(pictures, FACE)
    assert painted == [FACE]


@pytest.mark.parametrize(
    "other",
    [
        replace(FACE, chosen=True),
        replace(FACE, hot=True),
        replace(FACE, share=0.1),
        replace(FACE, fate="keeps its weights"),
        replace(FACE, report=replace(REPORT, output_shape=(17,))),
        replace(FACE, problem=Problem("dense", Severity.ERROR, "It has no units.")),
        replace(FACE, layer=Dense(16, name="dense")),
    ],
    ids=["chosen", "hot", "share", "fate", "report", "problem", "layer"],
)
def test_whatever_a_card_shows_makes_another_picture(painted: list[CardFace], other: CardFace) -> None:
    pictures = CardPictures()
    drawn(pictures, FACE)
    drawn(pictures, other)
    assert painted == [FACE, other]


def test_pictures_are_bounded_and_those_seen_last_stay(painted: list[CardFace]) -> None:
    pictures = CardPictures()
    for number in range(100):
        drawn(pictures, replace(FACE, share=number / 100.0))
    count = len(painted)
    drawn(pictures, replace(FACE, share=0.99))
    assert len(painted) == count
    drawn(pictures, replace(FACE, share=0.0))
    assert len(painted) == count + 1

"""CardFoot: what a card tells below its settings: a problem in sentences, and fixes as buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter

from nnstudio.engine.problems import Problem, Severity
from nnstudio.ui import theme
from nnstudio.ui.model.card_layout import CardLayout
from nnstudio.ui.painting import paragraph, rounded, sized, text


def paint_foot(painter: QPainter, layout: CardLayout, problem: Problem, font: QFont) -> None:
    """Draw the sentence, the reason and the fixes into the foot of a card."""
    colors = theme.current()
    kind = "error" if problem.severity is Severity.ERROR else "warning"
    ground = layout.foot.adjusted(2, 0, -2, -2)
    rounded(painter, ground, fill=colors.color(f"{kind}_soft"), radius=6)
    painter.fillRect(ground.left(), ground.top(), ground.width(), 8, colors.color(f"{kind}_soft"))
    line = colors.color("error_line" if kind == "error" else "line_strong")
    painter.fillRect(layout.card.left() + 1, layout.foot.top(), layout.card.width() - 2, 1, line)
    paragraph(painter, layout.sentence, problem.sentence, colors.color("text"), sized(font, 10, True))
    paragraph(painter, layout.reason, problem.reason, colors.color("text_2"), sized(font, 10))
    for number, (rect, fix) in enumerate(zip(layout.fixes, problem.fixes, strict=True)):
        first = number == 0
        fill, line = (
            colors.color("accent" if first else "base"),
            colors.color("accent" if first else "line_strong"),
        )
        rounded(painter, rect, fill=fill, line=line, radius=5)
        color = colors.color("on_accent" if first else "text")
        text(
            painter, rect, fix.label, color, font=sized(font, 10, first), align=Qt.AlignmentFlag.AlignHCenter
        )

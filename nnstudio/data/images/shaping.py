"""Shaping: what all pictures of a folder become, and what one is before that."""

from __future__ import annotations

from dataclasses import dataclass

GREY, COLOUR = "grey", "colour"
BORDER, CROP, STRETCH = "fit with border", "crop", "stretch"
WHITE, BLACK = "white", "black"


@dataclass(frozen=True)
class Shaping:
    """What every picture becomes: (height, width) or (height, width, 3) bytes, and how it gets there."""

    colour: str
    height: int
    width: int
    fit: str = BORDER
    background: str = WHITE

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one picture's array."""
        return (self.height, self.width) + ((3,) if self.colour == COLOUR else ())


@dataclass(frozen=True)
class Glance:
    """What a picture is, as it comes: its size, whether it is grey, and whether its ground is bright."""

    height: int
    width: int
    grey: bool
    bright_ground: bool

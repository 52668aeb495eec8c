"""Kitchen: an owner with a setting of every kind, so that forms are tested whatever layers there are."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.settings import setting


@dataclass(frozen=True)
class Spice:
    """Something that a dish may have."""


@dataclass(frozen=True)
class Salt(Spice):
    """Salt, by the gram."""

    grams: float = setting(0.5, "How much of it.", above=0.0, maximum=100.0, ladder=True)


@dataclass(frozen=True)
class Pepper(Spice):
    """Pepper, coarse or fine."""

    turns: int = setting(3, "How often the mill is turned.", minimum=1)
    coarse: bool = setting(False, "Whether it is ground coarsely.")


@dataclass(frozen=True)
class Water(Spice):
    """Nothing that can be set."""


SPICES = (Salt, Pepper, Water)


@dataclass(frozen=True)
class Timer:
    """An alarm that rings."""

    minutes: int = setting(5, "After how many minutes it rings.", minimum=1)


@dataclass(frozen=True)
class Kitchen:
    """One setting of every kind."""

    trays: int = setting(2, "How many trays there are.", minimum=1, maximum=40, unit="trays", main=True)
    heat: float = setting(200.0, "How hot it is.", above=0.0, below=300.0)
    fan: bool = setting(False, "Whether air moves.")
    mode: str = setting("bake", "What it does.", choices=("bake", "grill", "steam"), main=True)
    label: str = setting("", "What is written on it.", arbitrary=True)
    size: tuple[int, int] = setting((3, 3), "Its width and depth.", minimum=1, main=True)
    edges: tuple[int, int, int, int] = setting((1, 1, 2, 2), "How thick each side is.", minimum=0)
    stops: tuple[int, ...] = setting((1, 2), "At which minutes it rests.", minimum=0)
    shares: tuple[float, ...] = setting((0.5,), "How the heat is shared out.", minimum=0.0)
    guests: tuple[str, ...] = setting((), "Who comes to eat.")
    spice: Spice = setting(Salt(), "What always goes in.", choices=SPICES)
    timer: Timer | None = setting(None, "Whether it rings.", choices=(Timer,))
    limit: float | None = setting(None, "The greatest heat.", above=0.0, maximum=900.0, start=180.0)
    guests: int | None = setting(None, "How many are coming.", minimum=1, advanced=True)
    window: tuple[int, int] | None = setting(None, "How far it opens.", minimum=1, advanced=True)
    extra: Spice | None = setting(None, "What may go in.", choices=SPICES, advanced=True)
    tune: str | None = setting(None, "What is sung.", choices=("high", "low"), advanced=True)

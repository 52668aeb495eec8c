"""Owners: classes that declare settings, what they declare, and what is wrong with their values."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from nnstudio.settings.declaration import Setting

_KEY = "setting"


def setting(
    default: Any,
    help: str,
    *,
    minimum: float | None = None,
    above: float | None = None,
    maximum: float | None = None,
    below: float | None = None,
    choices: Sequence[Any] = (),
    unit: str = "",
    label: str = "",
    ladder: bool = False,
    main: bool = False,
    advanced: bool = False,
    start: Any = None,
    arbitrary: bool = False,
    absent: str = "none",
) -> Any:
    """Declare a setting as the field of a frozen dataclass.

    Args:
        choices: the values allowed, or the classes of which a value is an instance.
        unit: what stands behind the number, such as "units" or "of inputs".
        ladder: steps go 1, 3, 10, 30 instead of by a fixed amount.
        main: stands on the layer's card, not only in the form.
        advanced: few people need it, so that a form shows it only when asked.
        start: what an optional setting is when a person switches it on.
        arbitrary: any value is as good as the default, such as a name or a seed.
        absent: what a person reads where an optional setting is left out.
    """
    declared = Setting(
        help=help,
        default=default,
        minimum=minimum,
        above=above,
        maximum=maximum,
        below=below,
        choices=tuple(choices),
        unit=unit,
        label=label,
        ladder=ladder,
        main=main,
        advanced=advanced,
        start=start,
        arbitrary=arbitrary,
        absent=absent,
    )
    return dataclasses.field(default=default, metadata={_KEY: declared})


@cache
def _declared(owner: type) -> tuple[Setting, ...]:
    kinds = typing.get_type_hints(owner)
    fields = [field for field in dataclasses.fields(owner) if _KEY in field.metadata]
    fields.sort(key=lambda field: bool(field.kw_only))  # what every layer has (name, trainable) comes last
    return tuple(
        dataclasses.replace(
            field.metadata[_KEY],
            name=field.name,
            advanced=_is_advanced(field),
            **_kind_of(kinds[field.name]),
        )
        for field in fields
    )


def _is_advanced(field: dataclasses.Field[Any]) -> bool:
    declared = field.metadata[_KEY]
    kinds = (choice for choice in declared.choices if isinstance(choice, type))
    return declared.advanced or bool(field.kw_only) or any(getattr(kind, "advanced", False) for kind in kinds)


def _kind_of(hint: Any) -> dict[str, Any]:
    """Return what a type hint says of a setting: its kind, whether None will do, a tuple's numbers."""
    parts = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        return {**_kind_of(parts[0]), "optional": parts[1:] == (types.NoneType,)}
    if typing.get_origin(hint) is tuple:
        return {"kind": tuple, "item": parts[0], "length": None if parts[1] is ... else len(parts)}
    return {"kind": hint if isinstance(hint, type) else object}


def settings_of(owner: Any) -> tuple[Setting, ...]:
    """Return the settings that a class or an instance of it declares, in order of declaration."""
    return _declared(owner if isinstance(owner, type) else type(owner))


def problems_with(owner: Any) -> tuple[str, ...]:
    """Return a sentence for each setting of ``owner``, and of its values, that is refused.

    What several settings forbid each other an owner tells in a method ``conflicts() -> Iterator[str]``.
    """
    return tuple(_problems(owner))


def _problems(owner: Any) -> Iterator[str]:
    sound = True
    for declared in settings_of(owner):
        value = getattr(owner, declared.name)
        sentence = declared.problem(value)
        if sentence:
            sound = False
            yield sentence
        elif dataclasses.is_dataclass(value):
            yield from _problems(value)
    if sound and hasattr(owner, "conflicts"):
        yield from owner.conflicts()

"""Links: where the members of a newer group lie."""

from __future__ import annotations

from nnstudio.formats.hdf5.fields import Damaged
from nnstudio.formats.hdf5.header import Message

Link = int | None  # an address; None where the member is in another group or file
_HARD = 0
_WIDTH, _ORDERED, _TYPED, _CODED = 0x03, 0x04, 0x08, 0x10


def read_link(message: Message) -> tuple[str, Link]:
    """Return the name of a member and where it lies."""
    fields = message.fields()
    fields.expect(b"\x01")
    flags = fields.number(1)
    kind = fields.number(1) if flags & _TYPED else _HARD
    fields.take((8 if flags & _ORDERED else 0) + (1 if flags & _CODED else 0))
    name = fields.take(fields.number(1 << (flags & _WIDTH))).decode("utf-8", "replace")
    if kind != _HARD:
        return name, None
    address = fields.address()
    if address is None:
        raise Damaged
    return name, address

"""Memory: the bytes of an HDF5 file by their addresses, of which none beyond its end are ever asked for."""

from __future__ import annotations

from typing import IO

from nnstudio.formats.hdf5.fields import ADDRESS, Damaged, Fields, Unsupported

SIGNATURE = b"\x89HDF\r\n\x1a\n"
_FIRST_USER_BLOCK = 512
_SUPERBLOCK = 128
# Of structure in all: a model of a thousand layers takes some ten megabytes and some ten thousand pieces.
_MOST_BYTES = 2**27
_MOST_PIECES = 500_000


class Memory:
    """An open file; ``root`` is the address of its first group."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._size = stream.seek(0, 2)
        self._base = self._bytes = self._pieces = 0
        self._base = self._signature()
        self.root = self._superblock()

    def at(self, address: int | None, size: int) -> bytes:
        """Return ``size`` bytes of structure; what has no address is damage here."""
        if address is None:
            raise Damaged
        self._seek(address, size)
        self.spend(1, size)
        found = self._stream.read(size)
        if len(found) != size:
            raise Damaged
        return found

    def fields(self, address: int | None, size: int) -> Fields:
        """Return what lies at ``address`` as fields; fewer than ``size`` bytes where the file ends."""
        left = self._size - self._base - address if address is not None else 0
        return Fields(self.at(address, max(0, min(size, left))))

    def fill(self, address: int, target: memoryview) -> None:
        """Read an array's bytes right into where they shall be."""
        self._seek(address, target.nbytes)
        if self._stream.readinto(target) != target.nbytes:  # type: ignore[attr-defined]
            raise Damaged

    def held(self, address: int | None, size: int) -> int:
        """Return ``size`` where so many bytes from ``address`` on are in the file, else 0."""
        fits = address is not None and self._base + address + size <= self._size
        return size if fits else 0

    def spend(self, pieces: int, size: int = 0) -> None:
        """Count what was looked at; a file that asks for more and more is damaged."""
        self._pieces += pieces
        self._bytes += size
        if self._pieces > _MOST_PIECES or self._bytes > _MOST_BYTES:
            raise Damaged

    def _seek(self, address: int, size: int) -> None:
        start = self._base + address
        if size < 0 or not 0 <= start <= start + size <= self._size:
            raise Damaged
        self._stream.seek(start)

    def _signature(self) -> int:
        """Return where the file begins behind what somebody put before it: at 0, 512, 1024, 2048, ..."""
        place = 0
        while place + len(SIGNATURE) <= self._size:
            if self.at(place, len(SIGNATURE)) == SIGNATURE:
                return place
            place = 2 * place or _FIRST_USER_BLOCK
        raise Damaged

    def _superblock(self) -> int | None:
        fields = self.fields(0, _SUPERBLOCK)
        fields.expect(SIGNATURE)
        version = fields.number(1)
        if version > 3:
            raise Damaged
        fields.take(4 if version < 2 else 0)
        if fields.number(1) != ADDRESS or fields.number(1) != ADDRESS:
            raise Unsupported("short addresses")
        fields.take((9, 13, 1, 1)[version])
        fields.take(ADDRESS)  # where the file begins, found already
        fields.take(ADDRESS)
        if fields.number(ADDRESS) > self._size:  # where the file should end
            raise Damaged
        fields.take(2 * ADDRESS if version < 2 else 0)
        return fields.address()

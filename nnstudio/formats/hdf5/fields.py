"""Fields: numbers and bytes that lie one behind the other, and the errors of a file that lacks them."""

from __future__ import annotations

from nnstudio.errors import FileError

UNDEFINED = 2**64 - 1
ADDRESS = LENGTH = 8  # bytes; files with shorter ones do not come from Keras


class Damaged(FileError):
    """What the file says of itself cannot be so."""

    def __init__(self) -> None:
        super().__init__("It is damaged or incomplete.")


class Unsupported(FileError):
    """The file uses a part of HDF5 that no Keras writes."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"It uses {what}, which nnstudio does not read. Load it with Keras and save it again."
        )


class Fields:
    """Takes little-endian fields out of bytes; more than there are raises `Damaged`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return len(self._data) - self._place

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes."""
        start, end = self._place, self._place + size
        if not start <= end <= len(self._data):
            raise Damaged
        self._place = end
        return self._data[start:end]

    def number(self, size: int) -> int:
        """Return the next ``size`` bytes as a number that is not negative."""
        return int.from_bytes(self.take(size), "little")

    def address(self) -> int | None:
        """Return the next address; None where nothing was ever written."""
        found = self.number(ADDRESS)
        return None if found == UNDEFINED else found

    def expect(self, *wanted: bytes) -> bytes:
        """Take what begins a structure, which must be one of ``wanted``, all of one length."""
        found = self.take(len(wanted[0]))
        if found not in wanted:
            raise Damaged
        return found

    def align(self, size: int) -> None:
        """Skip to the next multiple of ``size``."""
        self.take(-self._place % size)


def bytes_for(largest: int) -> int:
    """Return how many bytes HDF5 takes for numbers up to ``largest``."""
    return (max(largest, 1).bit_length() - 1) // 8 + 1

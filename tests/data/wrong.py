"""Wrong: files that must be refused, each with what the sentence must say was found."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from typing import Any

import numpy as np

from tests.data.makers import idx_bytes, images, labels

GOOD = idx_bytes(images(3))
PACKED = gzip.compress(GOOD, mtime=0)
# A file's content and what the sentence must say was found.
WRONG_IDX = {
    "an empty file": (b"", "an empty file"),
    "text": (b"5,0,0,0,0\n", "other content"),
    "two bytes": (b"\0\0", "other content"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    "an archive": (b"PK\x03\x04....", "a zip archive"),
    "packed text": (gzip.compress(b"hello world"), "other content"),
    "packed nothing": (gzip.compress(b""), "an empty file"),
    "a torn header": (GOOD[:9], "breaks off in its header"),
    "a torn file": (GOOD[:-5], "only 2,347 of 2,352"),
    "a torn gzip": (PACKED[:-20], "breaks off"),
    "gzip's magic alone": (PACKED[:2], "breaks off"),
    "a gzip without its end": (PACKED[:-8], "breaks off"),
    "a wrong checksum": (PACKED[:-8] + bytes(4) + PACKED[-4:], "a damaged gzip file"),
    "damaged gzip": (PACKED[:100] + bytes(200) + PACKED[300:], "gzip file"),
    "trailing data": (GOOD + b"\0", "more data"),
    "packed trailing data": (gzip.compress(GOOD + b"\0"), "more data"),
    "gzip with a tail": (PACKED + b"tail", "a damaged gzip file"),
    "floats": (idx_bytes(images(3), kind=0x0D), "float32 values"),
    "labels": (idx_bytes(labels(3)), "found 1"),
    "four dimensions": (idx_bytes(images(3), (3, 28, 28, 1)), "found 4"),
    "no dimension": (b"\0\0\x08\0", "found 0"),
    "no image": (idx_bytes(images(0), (0, 28, 28)), "0 x 28 x 28"),
    "a huge header": (idx_bytes(images(3), (2**32 - 1,) * 3), "4,294,967,295"),
    "a header of more than 2 GiB": (idx_bytes(images(3), (2**31, 1, 2)), "2,147,483,648"),
    "a bold header": (idx_bytes(images(3), (2**21, 28, 28)), "only 2,352"),
}


def npy(header: str, data: bytes = b"", version: int = 1) -> bytes:
    text = header.encode() + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H", len(text)) + text + data


def header_of(shape: str, kind: str = "|u1") -> str:
    return f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}}}"


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def archive_with(x: bytes) -> bytes:
    return archive({"x.npy": x, "y.npy": npy(header_of("(3,)"), b"\0\1\2")})


WHOLE = archive_with(npy(header_of("(3, 2)"), b"abcdef"))
STORED = archive(
    {"x.npy": npy(header_of("(3, 2)"), b"abcdef"), "y.npy": npy(header_of("(3,)"), b"abc")},
    zipfile.ZIP_STORED,
)
WRONG_NPZ = {
    "an empty file": (b"", "an empty file"),
    "text": (b"hello", "other content"),
    "a single array": (npy(header_of("(3,)"), b"abc"), "a single NumPy array"),
    "an empty archive": (archive({}), "no arrays"),
    "other arrays": (archive({"a.npy": b"", "notes.txt": b""}), "found a."),
    "a torn archive": (WHOLE[:-30], "a damaged archive"),
    "the start alone": (WHOLE[:10], "a damaged archive"),
    "damaged values": (STORED.replace(b"abcdef", b"abcdeF"), "a damaged archive"),
    "no array in it": (archive_with(b"hello"), "a damaged archive"),
    "a header that is no literal": (archive_with(npy("{'descr': (((")), "a damaged archive"),
    "nested brackets": (archive_with(npy("(" * 5000)), "a damaged archive"),
    "a header without a shape": (archive_with(npy("{'descr': '|u1'}")), "a damaged archive"),
    "an endless header": (archive_with(npy(header_of("(3,)") + " " * 60000)), "a damaged archive"),
    "a new format": (archive_with(npy(header_of("(3,)"), version=9)), "a newer format"),
    "objects": (archive_with(npy(header_of("(3,)", "|O"), b"...")), "Python objects"),
    "texts": (archive_with(npy(header_of("(3,)", "<U1"), bytes(12))), "the type <U1"),
    "complex numbers": (archive_with(npy(header_of("(3,)", "<c16"), bytes(48))), "the type complex128"),
    "empty items": (archive_with(npy(header_of("(3,)", "|V0"))), "the type"),
    "a number": (archive_with(npy(header_of("()"), b"a")), "the shape ()"),
    "no samples": (archive_with(npy(header_of("(0, 28, 28)"))), "the shape (0, 28, 28)"),
    "a negative shape": (archive_with(npy(header_of("(-1, 28)"))), "the shape (-1, 28)"),
    "a huge header": (archive_with(npy(header_of("(4294967295, 4294967295)"))), "declared"),
    "a bold header": (archive_with(npy(header_of("(2000000, 28, 28)"), b"abc")), "fewer"),
    "too many values": (archive_with(npy(header_of("(3, 1)"), b"abcd")), "more"),
    "a bomb behind its header": (archive_with(npy(header_of("(3, 1)"), bytes(2**26))), "more"),
    "another compression": (archive({"x.npy": b"", "y.npy": b""}, zipfile.ZIP_BZIP2), "another compression"),
}
# Changes to Keras' arrays and what the sentence must say.
WRONG_ARRAYS: dict[str, tuple[dict[str, Any], str]] = {
    "no labels": ({"y_train": None, "y_test": None}, "found x_train, x_test."),
    "more labels": ({"y_train": labels(61)}, "60 x_train and 61 y_train"),
    "fewer test labels": ({"y_test": labels(19)}, "20 x_test and 19 y_test"),
    "some rows one-hot": ({"y_train": np.eye(10)[labels(60)] + (np.arange(60) == 7)[:, None]}, "1 row of 60"),
    "several classes at once": ({"y_train": np.ones((60, 10), np.uint8)}, "none or several"),
    "names and numbers": ({"y_train": np.array(["cat", "3", "dog"] * 20)}, "both, such as 3 and cat"),
    "names and indices": ({"y_train": np.array(["cat", "dog"] * 30)}, "names in y_train but class indices"),
    "a label without a name": ({"y_train": np.array(["cat", ""] * 30)}, "30 samples without one"),
    "values and names": (
        {"y_train": np.linspace(0, 1, 60), "y_test": np.array(["a", "b"] * 10)},
        "expected values to predict in y_test, found names",
    ),
    "more values in one part": (
        {"y_train": np.full((60, 2), 0.5), "y_test": np.full((20, 3), 0.5)},
        "found 2 and 3",
    ),
    "labels of three dimensions": ({"y_train": np.zeros((60, 2, 2))}, "the shape (60, 2, 2)"),
    "a missing label": ({"y_train": np.full(60, np.nan)}, "missing or endless ones"),
    "negative labels": ({"y_train": labels(60).astype(int) - 1}, "-1 to 8"),
    "huge labels": ({"y_train": labels(60).astype(np.uint64) + np.uint64(2**63)}, "0 to 999"),
    "only one class": ({"y_train": labels(60) * 0, "y_test": labels(20) * 0}, "no label but 0"),
    "samples of one number": ({"x_train": labels(60)}, "the shape (60,)"),
    "five dimensions": ({"x_train": np.zeros((60, 2, 2, 2, 2))}, "the shape (60, 2, 2, 2, 2)"),
    "a missing number": ({"x_train": np.full((60, 4), np.nan)}, "missing or endless"),
    "an endless number": ({"x_train": np.full((60, 4), 1e300)}, "missing or endless"),
    "other test images": ({"x_test": np.zeros((20, 14, 14), np.uint8)}, "28 x 28 and 14 x 14"),
    "objects": ({"x_train": np.array([None] * 60)}, "Python objects"),
}

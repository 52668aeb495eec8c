"""Awkward: files that a person may open as a table, and what becomes of each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

ROWS = [
    (1.5, 10, "yes"),
    (2.5, 20, "no"),
    (3.5, 35, "yes"),
    (4.5, 40, "no"),
    (5.5, 55, "yes"),
    (7.25, 61, "no"),
]


@dataclass(frozen=True)
class Opens:
    """The file opens: so many rows and inputs; ``targets`` are the classes, or None for a regression."""

    rows: int
    inputs: int
    classes: tuple[str, ...] | None = ("no", "yes")
    gaps: int = 0
    first: float | None = 1.5


@dataclass(frozen=True)
class Says:
    """The file is refused, or cannot be used as it stands, with these words among others."""

    words: str


Outcome = Opens | Says
GOOD = Opens(6, 2)


def text(delimiter: str = ",", decimal: str = ".", end: str = "\n", header: bool = True) -> str:
    lines = [delimiter.join(("size", "weight", "ill"))] if header else []
    for size, weight, ill in ROWS:
        lines.append(delimiter.join((str(size).replace(".", decimal), str(weight), ill)))
    return end.join(lines) + end


def words(old: str, new: str) -> bytes:
    return text().replace(old, new).encode()


def plain(*rows: str) -> bytes:
    return ("\n".join(rows) + "\n").encode()


def with_rows(*rows: str) -> bytes:
    return text().encode() + plain(*rows)


def parquet(columns: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


SIZES, WEIGHTS, ILL = ([row[place] for row in ROWS] for place in range(3))
COLUMNS = {"size": SIZES, "weight": WEIGHTS, "ill": ILL}
PARQUET = parquet(COLUMNS)
WIDE = 12_000


def many_categories() -> bytes:
    return plain(
        "size,town,ill", *(f"{row}.5,town {row % 60},{'yes' if row % 2 else 'no'}" for row in range(240))
    )


def two_rows_of(count: int) -> bytes:
    rows = [",".join(str((row * 3 + column) % 11) for column in range(count)) for row in range(4)]
    return plain(",".join(f"c{column}" for column in range(count)), *rows)


def endless() -> bytes:
    halves = pl.select(pl.int_range(3_000_000) < 1_500_000).to_series().cast(pl.Int8)
    return parquet({"size": halves, "class": halves})


def numbered_rows(name: str, label: Callable[[int], str]) -> bytes:
    rows = (f"{label(index)},{size},{weight},{ill}" for index, (size, weight, ill) in enumerate(ROWS, 1))
    return plain(f"{name},size,weight,ill", *rows)


# What the file is: its content (or what makes it, where it is large), its ending, what becomes of it.
AWKWARD: dict[str, tuple[bytes | Callable[[], bytes], str, Outcome]] = {
    "a plain table": (text().encode(), ".csv", GOOD),
    "semicolons": (text(";").encode(), ".csv", GOOD),
    "tabs": (text("\t").encode(), ".tsv", GOOD),
    "bars": (text("|").encode(), ".txt", GOOD),
    "blanks": (text(" ").encode(), ".data", GOOD),
    "several blanks": (text("   ").encode(), ".data", GOOD),
    "decimal commas": (text(";", ",").encode(), ".csv", GOOD),
    "commas in quotes as decimals": (
        plain("size,weight,ill", *(f'"{1_000 + i:,}.5",{i},{w}' for i, w in enumerate(ILL, 3))),
        ".csv",
        Opens(6, 2, first=1003.5),
    ),
    "no header": (text(header=False).encode(), ".csv", GOOD),
    "a header in capitals of numbers": (text().replace("size", "2020").encode(), ".csv", Says("")),
    "windows line ends": (text(end="\r\n").encode(), ".csv", GOOD),
    "old line ends": (text(end="\r").encode(), ".csv", GOOD),
    "no last line end": (text().rstrip().encode(), ".csv", GOOD),
    "empty lines": (text(end="\n\n").encode() + b"\n\n\r\n", ".csv", GOOD),
    "a byte order mark": (b"\xef\xbb\xbf" + text().encode(), ".csv", GOOD),
    "utf-16": (text().encode("utf-16"), ".csv", GOOD),
    "utf-16 without a mark": (text().encode("utf-16-le"), ".csv", GOOD),
    "utf-16, the other way round": (b"\xfe\xff" + text().encode("utf-16-be"), ".csv", GOOD),
    "torn utf-16": (text().encode("utf-16")[:-1], ".csv", Says("UTF-16")),
    "latin-1": (
        text().replace("yes", "häufig").encode("latin-1"), ".csv", Opens(6, 2, ("häufig", "no"))
    ),
    "letters of all kinds": (words("yes", "да 🌻"), ".csv", Opens(6, 2, ("no", "да 🌻"))),
    "blanks after commas": (text(", ").encode(), ".csv", GOOD),
    "a delimiter at each end": (text().replace("\n", ",\n").encode(), ".csv", GOOD),
    "line breaks in quotes": (words("yes", '"y\n,es"'), ".csv", Opens(6, 2, ("no", "y\n,es"))),
    "doubled quotes": (text().replace("yes", '"y""es"').encode(), ".csv", Opens(6, 2, ("no", 'y"es'))),
    "a stray quote": (text().replace("yes", '5" pipe').encode(), ".csv", Opens(6, 2, ('5" pipe', "no"))),
    "a quote never closed": (with_rows('1,2,"yes', "3,4,no"), ".csv", Says("never closed")),
    "a header alone": (plain("size,weight,ill"), ".csv", Says("no rows")),
    "nothing": (b"", ".csv", Says("an empty file")),
    "nothing but line ends": (b"\n\n\r\n", ".csv", Says("nothing")),
    "one row": (plain("1.5,10,yes"), ".csv", Says("no column to predict")),
    "one column": (plain("size", *map(str, SIZES)), ".csv", Says("no column to learn from")),
    "short rows": (with_rows("9.5,70", "8.5"), ".csv", GOOD),
    "a long row": (with_rows("9.5,70,yes,what"), ".csv", Says("4 in row 8")),
    "a longer row of nothing": (with_rows("9.5,70,yes,,,"), ".csv", Opens(7, 2)),
    "missing values": (
        with_rows("?,70,yes", "NA,N/A,no", "nan,null,yes", "-,,no"), ".csv", Opens(10, 2, gaps=4)
    ),
    "endless numbers": (with_rows("inf,70,yes", "-Infinity,80,no"), ".csv", Opens(8, 2, gaps=2)),
    "numbers too large for the network": (with_rows("1e300,70,yes"), ".csv", Opens(7, 2, gaps=1)),
    "a word among numbers": (
        with_rows(*(f"{i},{i},yes" for i in range(30)), "many,70,yes"), ".csv", Opens(37, 2, gaps=1)
    ),
    "words and numbers mixed": (
        plain("size,ill", "small,yes", "1,no", "2,yes", "large,no", "1,no"), ".csv", Opens(5, 4, first=0.0)
    ),
    "formulas": (text().replace("yes", "=1+2").replace("no", "@cmd|' /C calc'!A0").encode(), ".csv",
                 Opens(6, 2, ("=1+2", "@cmd|' /C calc'!A0"))),
    "names twice": (text().replace("weight", "size").encode(), ".csv", GOOD),
    "names missing": (text().replace("weight", "").replace("size", " ").encode(), ".csv", GOOD),
    "row names without a name": (
        plain("size,weight,ill", *(f"r{i},{s},{w},{d}" for i, (s, w, d) in enumerate(ROWS))), ".csv", GOOD
    ),
    "one class": (text().replace("yes", "no").encode(), ".csv", Opens(6, 1, None)),
    "one class, said to be it": (
        text().replace("yes", "no").replace("ill", "class").encode(), ".csv", Opens(6, 1, None)
    ),
    "a constant column": (text().replace("\n", ",7\n").replace("ill,7", "ill,c").encode(), ".csv", GOOD),
    "an empty column": (text().replace("\n", ",\n").encode(), ".csv", GOOD),
    "targets missing": (with_rows("9.5,70,", "8.5,60,?"), ".csv", GOOD),
    "all targets missing": (plain("size,class", "1.5,", "2.5,", "4,"), ".csv", Says("")),
    "numbered rows": (numbered_rows("id", str), ".csv", GOOD),
    "names of people": (numbered_rows("who", "Person {}".format), ".csv", GOOD),
    "dates": (
        plain("day,size,weight,ill", *(f"2024-01-1{i % 3},{s},{w},{d}" for i, (s, w, d) in enumerate(ROWS))),
        ".csv",
        GOOD,
    ),
    "yes and no": (
        plain("old,ill", *(f"{'true' if i % 3 else 'false'},{ill}" for i, ill in enumerate(ILL))),
        ".csv",
        Opens(6, 2, first=1.0),
    ),
    "sixty towns": (many_categories, ".csv", Opens(240, 1, first=0.5)),
    "a target of a few decimals": (
        plain("size,y", *(f"{i},{i % 3 / 2}" for i in range(30))), ".csv", Opens(30, 1, None, first=0.0)
    ),
    "a target of whole numbers": (
        plain("size,y", *(f"{i * i},{i % 3}" for i in range(30))),
        ".csv",
        Opens(30, 1, ("0", "1", "2"), first=0.0),
    ),
    "two numbers": (
        plain("x,y", *(f"{i},{2.5 * i}" for i in range(40))), ".csv", Opens(40, 1, None, first=0.0)
    ),
    "bytes of 0": (b"\0" * 5_000, ".csv", Says("no text")),
    "a byte of 0": (with_rows("9\0,70,yes", "9,7\0,no"), ".csv", Says("")),
    "noise": (bytes(range(256)) * 40, ".csv", Says("")),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(900), ".csv", Says("a PNG picture")),
    "a spreadsheet": (b"PK\x03\x04" + bytes(900), ".csv", Says("a zip archive")),
    "packed": (b"\x1f\x8b" + bytes(900), ".csv", Says("a gzip file")),
    "words": (plain("once upon a time", "there was a network"), ".txt", Says("")),
    "json": (json.dumps([{"size": 1}, {"size": 2}], indent=1).encode(), ".txt", Says("")),
    "one line of 100 MB": (lambda: b"1," * 50_000_000, ".csv", Says("4 MB")),
    "a cell of 100 MB": (lambda: b"a,b\n1," + b"x" * 100_000_000 + b"\n", ".csv", Says("4 MB")),
    "a quote of 100 MB": (lambda: b'a,b\n1,"' + b"x\n" * 50_000_000, ".csv", Says("never closed")),
    "many columns": (lambda: two_rows_of(WIDE), ".csv", Says("at most 10,000 columns")),
    "100,000 columns": (lambda: two_rows_of(100_000), ".csv", Says("at most 10,000 columns")),
    "thousands of columns": (lambda: two_rows_of(3_000), ".csv", Opens(4, 2_999, None, first=0.0)),
    "a million empty lines": (lambda: text().encode() + b"\n" * 1_000_000, ".csv", GOOD),
    "parquet": (PARQUET, ".parquet", GOOD),
    "parquet by another name": (PARQUET, ".dat", GOOD),
    "torn parquet": (PARQUET[:-20], ".parquet", Says("damaged")),
    "parquet's first bytes alone": (b"PAR1", ".parquet", Says("damaged")),
    "parquet with damage": (PARQUET[:100] + b"\xff" * 60 + PARQUET[160:], ".parquet", Says("")),
    "parquet without rows": (
        parquet({"size": pl.Series([], dtype=pl.Float64), "ill": pl.Series([], dtype=pl.String)}),
        ".parquet",
        Says("no rows"),
    ),
    "parquet of all kinds": (
        parquet({
            **COLUMNS,
            "list": [[1, 2]] * 6,
            "day": pl.Series(range(6)).cast(pl.Date),
            "truth": [True, False] * 3,
            "none": pl.Series([None] * 6, dtype=pl.Float64),
            "bytes": [b"\0\1"] * 6,
            "class": ["a", "b"] * 3,
        }),
        ".parquet",
        Opens(6, 6, ("a", "b")),
    ),
    "parquet with gaps": (
        parquet({"size": [1.5, None, float("nan"), float("inf"), 2.0, 3.0], "class": [0, 1, None, 1, 0, 1]}),
        ".parquet",
        Opens(5, 1, ("0", "1"), gaps=2),
    ),
    "a huge parquet in few bytes": (endless, ".parquet", Opens(3_000_000, 1, ("0", "1"), first=1.0)),
}  # fmt: skip

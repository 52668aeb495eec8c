"""Remote: the public files that can be fetched, where they lie, and how each is known to be right."""

from __future__ import annotations

import os
from dataclasses import dataclass

# Addresses of folders, parted by spaces, that are asked instead of the public ones: a mirror of a school, as
# in NNSTUDIO_MIRRORS="http://10.0.0.1/data", with its files in mnist/ and fashion-mnist/. Sums are checked as
# ever, and only here an address may be http.
MIRRORS_VARIABLE = "NNSTUDIO_MIRRORS"


@dataclass(frozen=True)
class RemoteFile:
    """A file packed with gzip: ``size`` and ``sha256`` are of the packed one as its authors published it.

    A mirror may have packed the same content anew: where ``content_sha256`` is known, that counts as well.
    """

    name: str
    size: int
    sha256: str
    content_size: int
    content_sha256: str = ""

    @property
    def most_bytes(self) -> int:
        """More than this it has in no form."""
        return max(self.size, self.content_size)


@dataclass(frozen=True)
class Collection:
    """Files that are of use together only: ``folder`` is their name here and at a mirror."""

    title: str
    folder: str
    addresses: tuple[str, ...]
    files: tuple[RemoteFile, ...]

    @property
    def bases(self) -> tuple[str, ...]:
        """The addresses to ask, in their order, each ending with a slash."""
        mirrors = os.environ.get(MIRRORS_VARIABLE, "").split()
        return tuple(f"{mirror.rstrip('/')}/{self.folder}/" for mirror in mirrors) or self.addresses

    @property
    def size(self) -> int:
        """How many bytes all files are."""
        return sum(file.size for file in self.files)


_TRAIN_IMAGES, _TRAIN_LABELS = "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"
_TEST_IMAGES, _TEST_LABELS = "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"

MNIST = Collection(
    "MNIST",
    "mnist",
    (
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://raw.githubusercontent.com/fgnt/mnist/master/",
    ),
    (
        RemoteFile(
            _TRAIN_IMAGES,
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            47_040_016,
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
        RemoteFile(
            _TRAIN_LABELS,
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            60_008,
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
        RemoteFile(
            _TEST_IMAGES,
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            7_840_016,
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
        RemoteFile(
            _TEST_LABELS,
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            10_008,
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ),
)

FASHION_MNIST = Collection(
    "Fashion-MNIST",
    "fashion-mnist",
    (
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "https://fashion-mnist.s3.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ),
    (
        RemoteFile(
            _TRAIN_IMAGES,
            26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            47_040_016,
        ),
        RemoteFile(
            _TRAIN_LABELS,
            29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            60_008,
        ),
        RemoteFile(
            _TEST_IMAGES,
            4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            7_840_016,
        ),
        RemoteFile(
            _TEST_LABELS,
            5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            10_008,
        ),
    ),
)

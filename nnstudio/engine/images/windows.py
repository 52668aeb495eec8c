"""Windows: where a window lies when it is moved over an image, by Keras' rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import prod

from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Array
from nnstudio.errors import ShapeError
from nnstudio.task import Shape

Pair = tuple[int, int]


@dataclass(frozen=True)
class Windows:
    """The places of a window of ``size`` on an image; all pairs are (height, width).

    The image lies in a frame of ``frame`` cells, ``before`` cells from its top and left. The cells of a
    window are ``dilation`` apart, and it is put down every ``strides`` cells, at ``places`` places.
    """

    image: Pair
    size: Pair
    strides: Pair
    dilation: Pair
    before: Pair
    frame: Pair
    places: Pair

    @cached_property
    def are_framed(self) -> bool:
        """Whether there is padding around the image."""
        return self.frame != self.image

    @cached_property
    def are_apart(self) -> bool:
        """Whether no cell of the frame is in two windows."""
        return self.dilation == (1, 1) and all(map(int.__ge__, self.strides, self.size))

    @cached_property
    def are_everywhere(self) -> bool:
        """Whether each cell of the frame is in exactly one window."""
        return self.are_apart and prod(self.places) * prod(self.size) == prod(self.frame)

    @cached_property
    def offsets(self) -> tuple[Pair, ...]:
        """Where the cells of the first window lie in the frame, in row-major order."""
        (high, wide), (down, across) = self.size, self.dilation
        return tuple((i * down, j * across) for i in range(high) for j in range(wide))

    def inside(self, frame: Array) -> Array:
        """Return the image (height, width, ...) in a framed one, (*frame, ...)."""
        (top, left), (height, width) = self.before, self.image
        return frame[top : top + height, left : left + width]


@cache
def windows_over(
    taker: str, shape: Shape, size: Pair, strides: Pair, padding: str, dilation: Pair = (1, 1)
) -> Windows:
    """Return the windows that the layer called ``taker`` puts on images of ``shape``.

    "valid" puts them only where they lie in the image. "same" has ceil(length / stride) places and as much
    padding as these need, of which the odd cell comes behind the image.

    Raises:
        ShapeError: the shape is not that of an image, or no window lies in it.
    """
    image = image_shape(taker, shape)[:2]
    reach = tuple((length - 1) * apart + 1 for length, apart in zip(size, dilation, strict=True))
    along = _same if padding == "same" else _valid
    before, frame, places = zip(*map(along, image, reach, strides), strict=True)
    if min(places) < 1:
        raise ShapeError(
            f"{taker} looks at windows of {shape_words(reach)}, but an image is only {shape_words(image)}: "
            'make the windows smaller or set padding to "same".'
        )
    return Windows(image, size, strides, dilation, before, frame, places)


def image_shape(taker: str, shape: Shape) -> tuple[int, int, int]:
    """Return the (height, width, channels) that the layer called ``taker`` is given.

    Raises:
        ShapeError: there are not three axes; where there are two, it carries the shape with one channel.
    """
    if len(shape) == 3:
        return shape[0], shape[1], shape[2]
    words = (
        f"{taker} takes images of height × width × channels, but a sample arrives as {shape_words(shape)}."
    )
    if len(shape) != 2:
        raise ShapeError(words)
    image = (*shape, 1)
    raise ShapeError(f"{words} Reshape({image}) in front of it gives each image its one channel.", image)


def _valid(length: int, reach: int, stride: int) -> tuple[int, int, int]:
    """Return the padding before, the length with padding and the number of places along one axis."""
    return 0, length, (length - reach) // stride + 1


def _same(length: int, reach: int, stride: int) -> tuple[int, int, int]:
    """Return the padding before, the length with padding and the number of places along one axis."""
    places = -(-length // stride)
    padding = max((places - 1) * stride + reach - length, 0)
    return padding // 2, length + padding, places

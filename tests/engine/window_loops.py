"""Window loops: convolution and pooling written out one window at a time, in float64."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.layer import Array

Pair = tuple[int, int]
Window = tuple[int, int, tuple[slice, slice, slice]]


@dataclass(frozen=True)
class Geometry:
    """How windows lie on an image."""

    size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    dilation: Pair = (1, 1)

    def places(self, image: Pair) -> Pair:
        """Return how many windows there are down and across."""
        if self.padding == "same":
            return -(-image[0] // self.strides[0]), -(-image[1] // self.strides[1])
        high, wide = self._reach()
        return (image[0] - high) // self.strides[0] + 1, (image[1] - wide) // self.strides[1] + 1

    def _reach(self) -> Pair:
        return (self.size[0] - 1) * self.dilation[0] + 1, (self.size[1] - 1) * self.dilation[1] + 1

    def margins(self, image: Pair) -> tuple[Pair, Pair]:
        """Return the padding (before, behind) of each axis."""
        if self.padding == "valid":
            return (0, 0), (0, 0)
        down, across = (
            max((places - 1) * stride + reach - length, 0)
            for places, stride, reach, length in zip(
                self.places(image), self.strides, self._reach(), image, strict=True
            )
        )
        return (down // 2, down - down // 2), (across // 2, across - across // 2)

    def padded(self, x: Array, value: float) -> Array:
        """Return images (batch, height, width, channels) with padding of ``value``."""
        return np.pad(x, ((0, 0), *self.margins(x.shape[1:3]), (0, 0)), constant_values=value)

    def unpadded(self, x: Array, image: Pair) -> Array:
        (top, _), (left, _) = self.margins(image)
        return x[:, top : top + image[0], left : left + image[1]]

    def windows(self, image: Pair) -> Iterator[Window]:
        """Return for each place its indices and where its window lies in padded images."""
        (down, across), (high, wide) = self.strides, self._reach()
        for i, j in np.ndindex(self.places(image)):
            rows = slice(i * down, i * down + high, self.dilation[0])
            yield i, j, (slice(None), rows, slice(j * across, j * across + wide, self.dilation[1]))


def convolve(x: Array, kernel: Array, geometry: Geometry) -> Array:
    """Return (batch, *places, filters) of images (batch, height, width, channels)."""
    image, padded = x.shape[1:3], geometry.padded(x, 0.0)
    z = np.zeros((len(x), *geometry.places(image), kernel.shape[3]))
    for i, j, window in geometry.windows(image):
        z[:, i, j] = np.einsum("bhwc,hwcf->bf", padded[window], kernel)
    return z


def convolve_back(x: Array, kernel: Array, geometry: Geometry, dz: Array) -> tuple[Array, Array]:
    """Return dx and dkernel."""
    image, padded = x.shape[1:3], geometry.padded(x, 0.0)
    dpadded, dkernel = np.zeros_like(padded), np.zeros_like(kernel)
    for i, j, window in geometry.windows(image):
        dpadded[window] += np.einsum("bf,hwcf->bhwc", dz[:, i, j], kernel)
        dkernel += np.einsum("bhwc,bf->hwcf", padded[window], dz[:, i, j])
    return geometry.unpadded(dpadded, image), dkernel


def maxima(x: Array, geometry: Geometry, dy: Array) -> tuple[Array, Array]:
    """Return the largest number of each window, and dx with ``dy`` where it first is."""
    image, padded = x.shape[1:3], geometry.padded(x, -np.inf)
    y, dpadded = np.zeros_like(dy), np.zeros_like(padded)
    for i, j, window in geometry.windows(image):
        y[:, i, j] = padded[window].max(axis=(1, 2))
        for sample, channel in np.ndindex(len(x), x.shape[3]):
            seen = padded[window][sample, :, :, channel]
            first = np.unravel_index(seen.argmax(), seen.shape)
            dpadded[window][sample, :, :, channel][first] += dy[sample, i, j, channel]
    return y, geometry.unpadded(dpadded, image)


def means(x: Array, geometry: Geometry, dy: Array) -> tuple[Array, Array]:
    """Return the mean of what each window sees of the image, and dx."""
    image, padded = x.shape[1:3], geometry.padded(x, np.nan)
    y, dpadded = np.zeros_like(dy), np.zeros_like(padded)
    for i, j, window in geometry.windows(image):
        y[:, i, j] = np.nanmean(padded[window], axis=(1, 2))
        count = np.isfinite(padded[window][0, :, :, 0]).sum()
        dpadded[window] += dy[:, i, j][:, None, None] / count
    return y, geometry.unpadded(dpadded, image)

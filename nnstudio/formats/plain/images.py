"""Layers for images in plain NumPy: (samples, height, width, channels) in."""

import numpy as np


def framed(x, size, strides, padding, value=0):
    """Return images with as much of ``value`` around them as padding "same" needs."""
    if padding == "valid":
        return x
    frame = [(0, 0)]
    for length, window, stride in zip(x.shape[1:3], size, strides, strict=True):
        more = max((-(-length // stride) - 1) * stride + window - length, 0)
        frame.append((more // 2, more - more // 2))
    return np.pad(x, [*frame, (0, 0)], constant_values=value)


def windows(x, size, strides, dilation=(1, 1)):
    """Return what lies in each window, (batch, rows, columns, channels, window height, window width)."""
    reach = [(length - 1) * apart + 1 for length, apart in zip(size, dilation, strict=True)]
    views = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(1, 2))
    return views[:, :: strides[0], :: strides[1], :, :: dilation[0], :: dilation[1]]


def conv2d(x, kernel, bias, strides, padding, dilation):
    reach = [(length - 1) * apart + 1 for length, apart in zip(kernel.shape[:2], dilation, strict=True)]
    x = framed(x, reach, strides, padding)
    parts = windows(x, kernel.shape[:2], strides, dilation)
    return np.tensordot(parts, kernel, axes=([4, 5, 3], [0, 1, 2])) + bias


def max_pooling2d(x, size, strides, padding):
    return windows(framed(x, size, strides, padding, -np.inf), size, strides).max(axis=(4, 5))


def average_pooling2d(x, size, strides, padding):
    ones = framed(np.ones_like(x[:1]), size, strides, padding)
    counts = windows(ones, size, strides).sum(axis=(4, 5))
    return windows(framed(x, size, strides, padding), size, strides).sum(axis=(4, 5)) / counts


def zero_padding2d(x, top, bottom, left, right):
    return np.pad(x, [(0, 0), (top, bottom), (left, right), (0, 0)])


def up_sampling2d(x, size, interpolation):
    if interpolation == "nearest":
        return x.repeat(size[0], axis=1).repeat(size[1], axis=2)
    return stretched(stretched(x, size[0], 1), size[1], 2)


def stretched(x, factor, axis):
    """Return images made longer along one axis, going smoothly from one cell to the next."""
    length = x.shape[axis]
    middles = np.clip((np.arange(length * factor) + 0.5) / factor - 0.5, 0, length - 1)
    before = middles.astype(int)
    share = (middles - before).astype(x.dtype).reshape((-1, 1, 1) if axis == 1 else (-1, 1))
    after = np.minimum(before + 1, length - 1)
    return x.take(before, axis) * (1 - share) + x.take(after, axis) * share

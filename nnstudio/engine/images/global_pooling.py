"""Global pooling: what the layers that make one number of each whole channel have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.images.windows import image_shape
from nnstudio.engine.layer import Layer
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class GlobalPooling2D(Layer):
    """Make one number of each channel of an image."""

    family: ClassVar[str] = "convolution"
    caption: ClassVar[str] = "one number per channel"

    keepdims: bool = setting(
        False, "Whether the result stays an image, of one cell.", advanced=True, label="Keep dims"
    )

    def output_shape(self, shape: Shape) -> Shape:
        channels = image_shape(type(self).__name__, shape)[2]
        return (1, 1, channels) if self.keepdims else (channels,)

"""nnstudio: build, train and inspect small neural networks by pointing and clicking."""

__version__ = "0.1.0"

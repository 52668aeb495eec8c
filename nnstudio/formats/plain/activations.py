"""Activations in plain NumPy; each takes an array of any shape and returns a new one."""

from math import erf

import numpy as np


def linear(x):
    return x


def relu(x):
    return np.maximum(x, 0)


def relu6(x):
    return np.clip(x, 0, 6)


def leaky_relu(x, slope=0.2):
    return np.where(x > 0, x, slope * x)


def threshold_relu(x, max_value, slope, threshold):
    return np.minimum(np.where(x > threshold, x, slope * (x - threshold)), max_value)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def selu(x):
    return 1.0507009873554805 * elu(x, 1.6732632423543772)


def sigmoid(x):
    return (1 + np.tanh(x / 2)) / 2


def hard_sigmoid(x):
    return np.clip(x / 6 + 0.5, 0, 1)


def hard_sigmoid_keras2(x):
    return np.clip(0.2 * x + 0.5, 0, 1)


def tanh(x):
    return np.tanh(x)


def exponential(x):
    return np.exp(x)


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softsign(x):
    return x / (1 + np.abs(x))


def silu(x):
    return x * sigmoid(x)


def mish(x):
    return x * np.tanh(softplus(x))


def gelu(x):
    return x * (1 + np.vectorize(erf, otypes=[np.float32])(x / np.sqrt(2))) / 2


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))

"""Layers in plain NumPy: each takes a batch (samples, ...) and returns a new one."""

import numpy as np


def dense(x, kernel, bias):
    return x @ kernel + bias


def prelu(x, alpha):
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)


def batch_normalization(x, gamma, beta, mean, variance, epsilon):
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def layer_normalization(x, gamma, beta, epsilon):
    mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def embedding(x, embeddings):
    return embeddings[x.astype(int)]


def flatten(x):
    return x.reshape(len(x), -1)


def reshape(x, shape):
    return x.reshape(len(x), *shape)


def steps(x, backwards):
    """Return the steps of all samples, (steps, samples, features)."""
    x = x.swapaxes(0, 1)
    return x[::-1] if backwards else x


def simple_rnn(x, kernel, recurrent_kernel, bias, activation, every_step, backwards):
    h = np.zeros((len(x), len(recurrent_kernel)), x.dtype)
    states = []
    for step in steps(x, backwards):
        h = activation(step @ kernel + h @ recurrent_kernel + bias)
        states.append(h)
    return np.stack(states, axis=1) if every_step else h


def lstm(x, kernel, recurrent_kernel, bias, activation, gate, every_step, backwards):
    h = c = np.zeros((len(x), len(recurrent_kernel)), x.dtype)
    states = []
    for step in steps(x, backwards):
        i, f, g, o = np.split(step @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
        c = gate(f) * c + gate(i) * activation(g)
        h = gate(o) * activation(c)
        states.append(h)
    return np.stack(states, axis=1) if every_step else h


def gru(x, kernel, recurrent_kernel, bias, activation, gate, every_step, backwards):
    """The reset gate is applied after the state has gone through its weights; ``bias`` is (2, 3 * units)."""
    h = np.zeros((len(x), len(recurrent_kernel)), x.dtype)
    states = []
    for step in steps(x, backwards):
        xz, xr, xg = np.split(step @ kernel + bias[0], 3, axis=-1)
        hz, hr, hg = np.split(h @ recurrent_kernel + bias[1], 3, axis=-1)
        z, r = gate(xz + hz), gate(xr + hr)
        h = z * h + (1 - z) * activation(xg + r * hg)
        states.append(h)
    return np.stack(states, axis=1) if every_step else h


def gru_reset_before(x, kernel, recurrent_kernel, bias, activation, gate, every_step, backwards):
    """The reset gate is applied to the state itself; ``bias`` is (3 * units,)."""
    h = np.zeros((len(x), len(recurrent_kernel)), x.dtype)
    states = []
    for step in steps(x, backwards):
        xz, xr, xg = np.split(step @ kernel + bias, 3, axis=-1)
        uz, ur, ug = np.split(recurrent_kernel, 3, axis=-1)
        z, r = gate(xz + h @ uz), gate(xr + h @ ur)
        h = z * h + (1 - z) * activation(xg + (r * h) @ ug)
        states.append(h)
    return np.stack(states, axis=1) if every_step else h

"""Files in plain Python: the weights, and samples to predict."""

import csv

import numpy as np


def load_weights(path, names):
    """Return the weights as a dict, from an .npz or from the .h5 file that Keras opens as well.

    ``names`` are those of each layer's weights in their order.
    """
    if path.endswith(".npz"):
        return dict(np.load(path, allow_pickle=False))
    import h5py

    weights = {}
    with h5py.File(path, "r") as file:
        for layer, own_names in names.items():
            group = file["model_weights"][layer]
            for own, stored in zip(own_names, group.attrs["weight_names"], strict=True):
                weights[f"{layer}/{own}"] = group[stored][()]
    return weights


def load_arrays(path, key):
    """Return the samples in an .npy file, or the array ``key`` (else the only one) in an .npz file."""
    samples = np.load(path, allow_pickle=False)
    if isinstance(samples, np.ndarray):
        return samples
    return samples[key if key in samples else samples.files[0]]


def load_rows(path):
    """Return the rows of a table in a .csv file as dicts."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))

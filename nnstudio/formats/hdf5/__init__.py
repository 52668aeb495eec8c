"""Hdf5: the part of the HDF5 format that models are kept in, read without HDF5's own library.

That library trusts what it reads: it follows links into other files, and over damaged bytes it asks for
gigabytes, never comes back, or takes the program down with it. Here every address and every size is a Python
integer that is compared with what the file holds before a byte of it is read.
Source: HDF5 File Format Specification, version 3.0.
"""

from nnstudio.formats.hdf5.dataset import Dataset
from nnstudio.formats.hdf5.fields import Damaged, Unsupported
from nnstudio.formats.hdf5.group import Group, Outside, root_of
from nnstudio.formats.hdf5.memory import Memory

__all__ = ["Damaged", "Dataset", "Group", "Memory", "Outside", "Unsupported", "root_of"]

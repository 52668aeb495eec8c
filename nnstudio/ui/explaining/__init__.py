"""Explaining: the window that says why the network answers as it does."""

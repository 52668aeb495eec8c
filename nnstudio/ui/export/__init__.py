"""Leaving with a file: what the network is exported as, where to, and how to use it there."""

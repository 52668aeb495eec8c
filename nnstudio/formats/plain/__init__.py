"""Plain: what layers compute, in plain NumPy: exported programs are put together from these very functions.

They are kept apart from the engine on purpose: short and easy to read, and the tests hold one against the
other.
"""

"""Explaining: why a network says what it says of a sample, and what would change its mind."""

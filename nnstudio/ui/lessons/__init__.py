"""Lessons: small pages that show one mistake or one idea with the numbers of the open data."""

"""Bringing people in from a file: the preview, its rows, and the meaning of a table's columns."""

"""Tests of the application: command line, clipboard, and what wires the screens."""

"""Tests of what knows no screen."""

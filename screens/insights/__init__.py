"""Insights: how the network grows and what is owed; a module for each kind of page."""

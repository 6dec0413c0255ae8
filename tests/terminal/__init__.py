"""Walks through Inroad in a real terminal: tmux, driven from outside."""

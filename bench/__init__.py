"""Measurements. Each prints a Markdown table with the machine, the sizes and the command."""

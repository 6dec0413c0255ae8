"""Everything of Inroad that knows no screen: records, rules, store, messages, importers, exporters.

Nothing in here imports Textual, Rich or pyperclip; `.ci/run` holds that with import-linter.
"""

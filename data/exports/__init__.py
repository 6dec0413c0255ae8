"""Taking everything out again: vCard, iCalendar, CSV, Markdown and JSON."""

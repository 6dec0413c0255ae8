"""Taking everything out again: JSON, CSV, vCard, iCalendar and Markdown."""

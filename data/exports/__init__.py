"""Taking everything out again: JSON, CSV, vCard and iCalendar."""

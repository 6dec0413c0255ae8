"""A person's sheet, and the windows for somebody new or changed."""

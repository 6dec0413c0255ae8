"""People from other programs' files: `reading.read`, then `planning.plan`, then `keeping.keep`."""

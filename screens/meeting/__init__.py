"""The meeting against its clock: before one runs, how it begins, what is typed, what its lines say."""

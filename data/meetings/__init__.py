"""A conversation from its preparation to its note: rules that know no screen."""

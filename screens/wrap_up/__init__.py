"""The wrap-up of a meeting, and what is decided in it before it is accepted."""

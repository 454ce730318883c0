"""Translating what people write: an outside engine behind a port, with bounds on all it may do."""

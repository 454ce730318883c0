"""Management commands of the feeds."""

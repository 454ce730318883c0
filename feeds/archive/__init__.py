"""Everything of one person as a zip, and back again on another server."""

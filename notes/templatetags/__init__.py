"""Tags of pages with notes."""

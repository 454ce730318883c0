"""Tags of pages that name rules."""

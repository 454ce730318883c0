"""People and what is between them."""

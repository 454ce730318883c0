"""The demo: invented people, their notes, and the pictures drawn for them."""

"""Search: notes, people, topics and boards, in Chinese and English, and across the two."""

"""Timelines, ranking, explore and the pages that list notes."""

"""Journeys: over HTTP alone, through a Redleaf that was started as anybody starts it."""

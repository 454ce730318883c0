"""Addresses of notes."""

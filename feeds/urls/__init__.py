"""Addresses of feeds."""

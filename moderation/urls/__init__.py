"""Addresses of moderation."""

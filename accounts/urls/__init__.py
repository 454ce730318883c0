"""Addresses of accounts."""

"""Posters: the picture that stands beside a link where somebody shares it."""

"""Tests of the launcher: real processes, real signals."""

"""Tests that cross the apps: journeys, browser, the house itself."""

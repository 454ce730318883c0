"""The pages as people use them, in headless Chromium."""

"""Notes, their images, topics, comments and likes."""

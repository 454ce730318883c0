"""The API of notes, images, comments, likes, topics and profiles."""

"""What makes the text model: examples, sentences by grammar, fitting, measuring."""

"""The exchange: a question a week in both languages, answered by notes in pairs."""

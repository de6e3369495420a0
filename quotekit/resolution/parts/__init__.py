"""What stands in a source: one phrase or several, and of what kind."""

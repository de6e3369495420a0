"""Whom “he”, “she”, “it”, “they” and “who” stand for."""

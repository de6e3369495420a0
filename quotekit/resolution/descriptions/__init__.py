"""Whom a description means: “the senator”, “the company”, “the two”, “the report”."""

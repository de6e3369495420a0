"""Speakers told by where an attribution stands: transcripts, quotations that go on, cues without a source."""

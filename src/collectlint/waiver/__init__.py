"""Findings that somebody answers for: inline ignores and a baseline, with reason and expiry."""

"""Intake: files that people send become rows appended to ``data/observed``."""

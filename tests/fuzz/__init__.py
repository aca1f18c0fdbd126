"""Fuzzing: programs that look for input with which a reader fails, run by hand."""

"""Closed lists of terms, best first: the order is the one in which values are preferred."""

from __future__ import annotations

COMPARABILITIES = ("exact", "close", "proxy")
STATUSES = ("actual", "preliminary", "estimate")
TIERS = ("official", "state_press", "press", "other")
CONFIDENCES = ("reported", "inferred")

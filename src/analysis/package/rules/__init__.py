"""The project's own rules of a sound package, one small function each."""

from __future__ import annotations

from analysis.package.rules import additions, bounds, description, evidence, structure, texts
from analysis.package.rules.rule import Outcomes, Problem, Rule, rule

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *bounds.RULES,
    *evidence.RULES,
    *additions.RULES,
    *texts.RULES,
    *description.RULES,
)

__all__ = ["RULES", "Outcomes", "Problem", "Rule", "rule"]

"""What a rule of warning says, and what is wrong with one. No database, no clock."""

from tinhso.platform.watch.rules.reading import HOLDER, LEADER, LOOKS, Rule, WrongRule, read_rule

__all__ = ["HOLDER", "LEADER", "LOOKS", "Rule", "WrongRule", "read_rule"]

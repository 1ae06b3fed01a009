"""Vanavond: wie er komt, wie er wacht, wie aan welke balie zit, en wat er nu moet."""

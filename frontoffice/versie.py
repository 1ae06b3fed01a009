"""De versie van het programma, gelijk aan die in pyproject.toml (een test bewaakt dat)."""

VERSIE = "0.1.0"

"""Gebruikssituaties: per situatie één module; vragen de buitenwereld via ports."""

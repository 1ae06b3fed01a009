"""Wat er van de avond op papier komt, en het verslag waarmee zij sluit."""

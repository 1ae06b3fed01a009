"""Zeggen wie er werkt, op een account waarmee meer mensen werken."""

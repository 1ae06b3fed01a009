"""Meldingen openbare ruimte: zoeken, bekijken, iets laten weten, en een nieuwe maken."""

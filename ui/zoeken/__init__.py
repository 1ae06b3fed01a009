"""Eén zoekveld met een paneel eronder: lezen wat is getypt, zoeken, kandidaten kiezen."""

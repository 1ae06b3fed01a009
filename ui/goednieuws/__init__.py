"""Goed nieuws en cijfers: wat er goed gaat, hoe vaak, en welke pagina's beter kunnen."""

"""Papier en bestanden: brieven als getagde pdf, .ics en CSV.

Krijgt bevroren waarden en geeft bytes terug. Kent geen scherm, geen opslag en geen klok.
"""

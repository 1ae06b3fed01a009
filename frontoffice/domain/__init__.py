"""Bevroren waarden en regels van de frontoffice; alleen standaardbibliotheek en kleine veldbibliotheken."""

"""Opslag in databases: de gedeelde agenda (PostgreSQL, of SQLite met SQLCipher) en de werkplek (lokaal).

Alleen de samenstelling kent dit pakket; begin bij `openen` (agenda) of `winkelopenen` (werkplek). SQLAlchemy
en Alembic laden pas als er een agenda wordt geopend, of een oude werkplek wordt bijgewerkt.
"""

"""Opslag in databases: de gedeelde agenda (PostgreSQL, of SQLite met SQLCipher) en de werkplek (lokaal).

Alleen de samenstelling kent dit pakket; begin bij `frontoffice.storage.openen`. SQLAlchemy, Alembic en de
drivers laden pas als er een database wordt geopend.
"""

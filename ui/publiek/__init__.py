"""Wat een bezoeker ziet: het publieke scherm met nummers, en het gedraaide scherm van één afspraak."""

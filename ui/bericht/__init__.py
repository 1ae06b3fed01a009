"""Berichten aan inwoners op het scherm: het voorbeeld, de stand, en wie er gebeld moet worden."""

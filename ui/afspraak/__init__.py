"""Afspraken voor de avond: maken tijdens het gesprek, opzoeken, verzetten, afzeggen, wachtlijst."""

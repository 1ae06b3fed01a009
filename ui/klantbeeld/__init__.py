"""Het klantscherm: één klant in beeld, onderdeel voor onderdeel."""

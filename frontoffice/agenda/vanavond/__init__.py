"""De avond zelf: wie er is, wie er aan de beurt is, hoe lang het nog duurt. Rekent alleen, zonder opslag."""

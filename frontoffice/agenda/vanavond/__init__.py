"""De avond zelf: wie er is, wie er aan de beurt is en hoe lang het nog duurt. Alleen rekenen, zonder opslag."""

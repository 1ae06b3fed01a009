"""De enige plek die HTTP en JSON kent: per register één module met aanroepen en lezen."""

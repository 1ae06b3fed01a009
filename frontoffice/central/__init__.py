"""De registers: de enige plek die HTTP en JSON kent. `bouw.build` maakt ze, de rest spreekt ports."""

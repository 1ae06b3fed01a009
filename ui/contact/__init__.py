"""Het contact dat loopt: de strook rechts, de notitie, afronden, en wat er nog verstuurd moet worden."""

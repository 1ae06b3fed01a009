"""Het hele programma zonder scherm: geen Qt, geen globale toestand."""

"""De agenda van de avondopenstelling: wie kan wanneer komen. Puur: waarden erin, beslissingen eruit.

Kent geen SQL, geen scherm en geen klok: de aanroeper geeft het moment mee. Tijden aan de rand zijn UTC met
zone; binnen een avond telt alles in tikken van vijf minuten (`frontoffice.agenda.tijd`).
"""

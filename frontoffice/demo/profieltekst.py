"""Het profiel waarmee het programma op de demonstratie werkt, als TOML met elk register voluit."""

from __future__ import annotations

from datetime import date

from frontoffice.demo.notify import SJABLOON_MAIL, SJABLOON_SMS

_REGISTERS = (
    ("klantinteracties", "/klantinteracties/api/v1", 'login = "token"'),
    ("zaken", "/zaken/api/v1", 'login = "jwt"\nclient_id = "kif-demo"'),
    ("catalogi", "/catalogi/api/v1", 'login = "jwt"\nclient_id = "kif-demo"\ngeheim = "zaken"'),
    ("documenten", "/documenten/api/v1", 'login = "jwt"\nclient_id = "kif-demo"\ngeheim = "zaken"'),
    ("brp", "/brp", 'login = "apikey"'),
    ("kvk", "/kvk", 'login = "apikey"'),
)
_REGISTRATIE = """[registratie]
werkplek_nummer = "900"
onderwerpen = [
  "Openingstijden gemeentehuis",
  "Afspraak maken",
  "Afval en milieustraat",
  "Doorverbonden naar een andere organisatie",
  "Parkeren",
  "Website of DigiD",
]
medewerker = {codeRegister = "msei", codeObjecttype = "mdw", codeSoortObjectId = "idf"}
afdeling = {codeRegister = "obj", codeObjecttype = "afd", codeSoortObjectId = "idf"}
groep = {codeRegister = "obj", codeObjecttype = "grp", codeSoortObjectId = "idf"}
"""
_BERICHTEN = """[berichten]
mail = "notify"
sms = "notify"
bellen = "053 000 00 00"
website = "losser.example"
# In de demonstratie is het nooit stil: zo is altijd te zien dat een bericht wordt aangenomen.
stil_van = "0.00"
stil_tot = "0.00"
stil_op_zondag_en_feestdagen = false

[berichten.notify]
url = "{basis}/notify"
sjabloon_mail = "{mail}"
sjabloon_sms = "{sms}"
"""
# Naam, identificatie, organisatie, vragen en werkdagen; de identificaties staan ook in het register.
_AFDELINGEN = (
    ("Burgerzaken", "BURGERZAKEN", "Losser", ("Om welk document gaat het?",), 2),
    ("Zorg en ondersteuning", "ZORG", "Losser", ("Om welke voorziening gaat het?",), 2),
    ("Vergunningen en toezicht", "VERGUNNINGEN", "Losser", ("Om welk adres gaat het?",), 3),
    ("Openbare ruimte", "OPENBARERUIMTE", "Losser", ("Waar is het precies?", "Is het gevaarlijk?"), 2),
    ("Juridische zaken", "JURIDISCH", "Losser", ("Wat is de datum van het besluit?",), 5),
    ("Werk en inkomen Enschede", "INKOMEN-ES", "Enschede", (), 2),
    ("Belastingen Enschede", "BELASTINGEN-ES", "Enschede", ("Wat is het aanslagnummer?",), 3),
    ("Schuldhulpverlening Enschede", "SCHULDHULP-ES", "Enschede", (), 2),
)


def make_profiel(basis: str, vandaag: date | None = None) -> str:
    """TOML voor deze server; wat er niet in staat, houdt zijn standaardwaarde.

    `vandaag` zet ook de klok van het programma op de dag van de demonstratie.
    """
    klok = f"vandaag = {vandaag.isoformat()}\n" if vandaag else ""
    delen = [
        "# Profiel van de ingebouwde demonstratie. Alles wat u ziet is verzonnen.\n",
        f'[gemeente]\nnaam = "Losser"\ncode = "0168"\ndemo = true\n{klok}',
        '[medewerker]\nnaam = "S. Bos"\nidentificatie = "s.bos"\norganisatie = "Losser"\nrol = "kcc"\n'
        'afdelingen = ["KCC", "BURGERZAKEN", "VERGUNNINGEN"]\n',
        '[rollen.kcc]\nzaaktypen = ["*"]\nhoogste_vertrouwelijkheid = "confidentieel"\n',
    ]
    delen += [f'[registers.{naam}]\nurl = "{basis}{pad}"\n{login}\n' for naam, pad, login in _REGISTERS]
    delen.append(
        f'[meldingen]\nurl = "{basis}/signals/v1"\nbron = "Telefoon - Klantcontact"\n\n'
        f'[locaties]\nurl = "{basis}/locaties/v3_1"\n'
    )
    delen.append('[zaken]\nwacht_op_inwoner = ["Aanvullende gegevens gevraagd", "Wacht op inwoner"]\n')
    delen.append(_REGISTRATIE)
    delen.append(_BERICHTEN.format(basis=basis, mail=SJABLOON_MAIL, sms=SJABLOON_SMS))
    delen += [_make_afdeling(*afdeling) for afdeling in _AFDELINGEN]
    return "\n".join(delen)


def _make_afdeling(naam: str, code: str, organisatie: str, vragen: tuple[str, ...], werkdagen: int) -> str:
    regels = [
        "[[registratie.afdelingen]]",
        f'naam = "{naam}"',
        f'id = "{code}"',
        f'organisatie = "{organisatie}"',
        f"werkdagen = {werkdagen}",
    ]
    if vragen:
        regels.append("vragen = [" + ", ".join(f'"{vraag}"' for vraag in vragen) + "]")
    return "\n".join([*regels, ""])

"""Het profiel waarmee het programma op de demonstratie werkt, als TOML met elk register voluit."""

from __future__ import annotations

from datetime import date

_REGISTERS = (
    ("klantinteracties", "/klantinteracties/api/v1", 'login = "token"'),
    ("zaken", "/zaken/api/v1", 'login = "jwt"\nclient_id = "kif-demo"'),
    ("catalogi", "/catalogi/api/v1", 'login = "jwt"\nclient_id = "kif-demo"\ngeheim = "zaken"'),
    ("documenten", "/documenten/api/v1", 'login = "jwt"\nclient_id = "kif-demo"\ngeheim = "zaken"'),
    ("brp", "/brp", 'login = "apikey"'),
    ("kvk", "/kvk", 'login = "apikey"'),
)


def make_profiel(basis: str, vandaag: date | None = None) -> str:
    """TOML voor deze server; wat er niet in staat, houdt zijn standaardwaarde.

    `vandaag` zet ook de klok van het programma op de dag van de demonstratie.
    """
    klok = f"vandaag = {vandaag.isoformat()}\n" if vandaag else ""
    delen = [
        "# Profiel van de ingebouwde demonstratie. Alles wat u ziet is verzonnen.\n",
        f'[gemeente]\nnaam = "Losser"\ncode = "0168"\ndemo = true\n{klok}',
        '[medewerker]\nnaam = "S. Bos"\nidentificatie = "s.bos"\norganisatie = "Losser"\nrol = "kcc"\n',
        '[rollen.kcc]\nzaaktypen = ["*"]\nhoogste_vertrouwelijkheid = "confidentieel"\n',
    ]
    delen += [f'[registers.{naam}]\nurl = "{basis}{pad}"\n{login}\n' for naam, pad, login in _REGISTERS]
    delen.append('[zaken]\nwacht_op_inwoner = ["Aanvullende gegevens gevraagd", "Wacht op inwoner"]\n')
    return "\n".join(delen)

"""De boom van fouten die een medewerker kan zien. Vreemde uitzonderingen worden hier binnengehaald.

KifFout                      code, uitleg (Nederlandse zin), opnieuw_helpt
├── InvoerFout               wat is getypt klopt niet; uitleg hoort onder het veld
├── ProfielFout              het profiel deugt niet (alle fouten tegelijk)
├── GeheimFout               sleutelbos ontbreekt of geeft niets
├── Geweigerd                rol, doel of profiel staat dit niet toe
├── Geannuleerd              de medewerker of een ander scherm brak het af
└── RegisterFout             een register gaf geen bruikbaar antwoord
    ├── Onbereikbaar         geen verbinding
    ├── DuurtTeLang          de totale tijd van de aanroep is op
    ├── NietBevoegd          sleutel, token of rechten
    ├── NietGevonden         404 met een nette foutmelding
    ├── Afgekeurd            400 en verwanten: het register keurt de vraag af
    ├── TeVeelGevonden       meer treffers dan het register geeft
    ├── Storing              5xx
    ├── OnverwachtAntwoord   geen JSON, andere vorm, te groot, te diep
    └── FilterGenegeerd      het antwoord bevat gegevens van een ander
"""

from __future__ import annotations


class KifFout(Exception):
    """Basis van alle verwachte fouten.

    `code` is stabiel voor scripts, `uitleg` is een hele Nederlandse zin die zegt wat er nu kan,
    `opnieuw_helpt` zegt of dezelfde vraag later wel kan lukken.
    """

    standaard_code = "fout"
    opnieuw_helpt = False

    def __init__(self, uitleg: str, *, code: str | None = None, opnieuw_helpt: bool | None = None) -> None:
        super().__init__(uitleg)
        self.uitleg = uitleg
        self.code = code or self.standaard_code
        if opnieuw_helpt is not None:
            self.opnieuw_helpt = opnieuw_helpt


class InvoerFout(KifFout):
    """Wat is getypt kan niet kloppen; er gaat geen vraag naar een register."""

    standaard_code = "invoer"


class ProfielFout(KifFout):
    """Het profiel deugt niet. `fouten` noemt elke fout in gewone taal, allemaal tegelijk."""

    standaard_code = "profiel"

    def __init__(self, fouten: tuple[str, ...]) -> None:
        super().__init__("\n".join(fouten))
        self.fouten = fouten


class GeheimFout(KifFout):
    """Een geheim is niet te lezen of te bewaren."""

    standaard_code = "geheim"


class Geweigerd(KifFout):
    """Rol, doel of profiel staat deze handeling niet toe."""

    standaard_code = "geweigerd"


class Geannuleerd(KifFout):
    """Afgebroken voordat er een antwoord was."""

    standaard_code = "geannuleerd"
    opnieuw_helpt = True

    def __init__(self, uitleg: str = "Afgebroken. Kies Opnieuw om het weer te proberen.") -> None:
        super().__init__(uitleg)


class RegisterFout(KifFout):
    """Een register gaf geen bruikbaar antwoord. `register` is de naam uit het profiel, zoals "zaken".

    `register_code` is de foutcode die het register zelf gaf ("jwt-expired", "IPD5200"), of leeg.
    `nooit_verstuurd`: er kwam geen verbinding, dus het register heeft dit verzoek zeker niet gezien.
    """

    standaard_code = "register"

    def __init__(
        self,
        uitleg: str,
        *,
        register: str,
        code: str | None = None,
        opnieuw_helpt: bool | None = None,
        http_status: int | None = None,
        register_code: str = "",
        nooit_verstuurd: bool = False,
    ) -> None:
        super().__init__(uitleg, code=code, opnieuw_helpt=opnieuw_helpt)
        self.register = register
        self.http_status = http_status
        self.register_code = register_code
        self.nooit_verstuurd = nooit_verstuurd


class Onbereikbaar(RegisterFout):
    standaard_code = "onbereikbaar"
    opnieuw_helpt = True


class DuurtTeLang(RegisterFout):
    standaard_code = "duurt_te_lang"
    opnieuw_helpt = True


class NietBevoegd(RegisterFout):
    standaard_code = "niet_bevoegd"


class NietGevonden(RegisterFout):
    standaard_code = "niet_gevonden"


class Afgekeurd(RegisterFout):
    """400 en verwanten. `velden` zijn paren (naam, code) uit invalidParams, zonder waarden."""

    standaard_code = "afgekeurd"

    def __init__(
        self,
        uitleg: str,
        *,
        register: str,
        code: str | None = None,
        http_status: int | None = None,
        register_code: str = "",
        velden: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(
            uitleg, register=register, code=code, http_status=http_status, register_code=register_code
        )
        self.velden = velden


class TeVeelGevonden(RegisterFout):
    standaard_code = "te_veel_gevonden"


class Storing(RegisterFout):
    standaard_code = "storing"
    opnieuw_helpt = True


class OnverwachtAntwoord(RegisterFout):
    standaard_code = "onverwacht_antwoord"


class FilterGenegeerd(RegisterFout):
    standaard_code = "filter_genegeerd"

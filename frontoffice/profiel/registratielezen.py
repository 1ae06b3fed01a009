"""Leest [registratie] uit het profiel: de codes van actoren, favorieten, en wie kan terugbellen.

Fouten komen als zinnen in de tabel terecht, net als bij de andere onderdelen. Maakt geen verbinding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from frontoffice.profiel import Medewerker, Objectcode, Registratie, standaard
from frontoffice.profiel.tabel import Tabel

if TYPE_CHECKING:
    from frontoffice.domain.concept import Afdeling

_LANGSTE_TEKST = 200  # onderwerp, naam en identificatie in Klantinteracties
_MEESTE_ONDERWERPEN = 30


def read_objectcode(tabel: Tabel, vast: Objectcode) -> Objectcode:
    """Drie codes uit een tabel; wat er niet staat, is die van `vast`."""
    code = Objectcode(
        tabel.tekst("codeRegister", vast.code_register),
        tabel.tekst("codeObjecttype", vast.code_objecttype),
        tabel.tekst("codeSoortObjectId", vast.code_soort_object_id),
    )
    tabel.close()
    return code


def read_registratie(tabel: Tabel, medewerker: Medewerker) -> Registratie:
    """Lees de tabel [registratie]; een profiel zonder die tabel krijgt overal de standaardwaarde."""
    vast = Registratie()
    # Andere programma's zoeken een medewerker op e-mailadres; een accountnaam is dat niet.
    soort_id = "email" if "@" in medewerker.identificatie else vast.medewerker.code_soort_object_id
    eigen = Objectcode(vast.medewerker.code_register, vast.medewerker.code_objecttype, soort_id)
    werkdagen = tabel.geheel("terugbel_werkdagen", vast.terugbel_werkdagen, 0, 30)
    registratie = Registratie(
        taal=_read_taal(tabel, vast.taal),
        medewerker=read_objectcode(tabel.tabel("medewerker"), eigen),
        afdeling=read_objectcode(tabel.tabel("afdeling"), vast.afdeling),
        groep=read_objectcode(tabel.tabel("groep"), vast.groep),
        werkplek_nummer=_read_werkplek_nummer(tabel),
        onderwerpen=_read_onderwerpen(tabel),
        alleen_kijken_redenen=tabel.teksten(
            "alleen_kijken_redenen", standaard.ALLEEN_KIJKEN, standaard.ALLEEN_KIJKEN[0]
        ),
        niet_op_website=tabel.ja_nee("niet_op_website", vast.niet_op_website),
        verzoeken_per_seconde=tabel.geheel("verzoeken_per_seconde", vast.verzoeken_per_seconde, 1, 20),
        terugbel_werkdagen=werkdagen,
        afdelingen=_read_afdelingen(tabel, werkdagen),
    )
    _check_codes(tabel, registratie)
    tabel.close()
    return registratie


def _read_taal(tabel: Tabel, vast: str) -> str:
    taal = tabel.tekst("taal", vast)
    if not re.fullmatch(r"[a-z]{3}", taal):
        tabel.fout("taal", 'schrijf de taal met drie kleine letters (ISO 639-2/B), zoals taal = "nld"')
    return taal


def _read_werkplek_nummer(tabel: Tabel) -> str:
    nummer = tabel.tekst("werkplek_nummer", "", leeg_mag=True)
    if nummer and not re.fullmatch(r"[0-9]{3}", nummer):
        tabel.fout(
            "werkplek_nummer",
            'schrijf drie cijfers tussen aanhalingstekens, voor elke werkplek anders: "014"',
        )
    return nummer


def _read_onderwerpen(tabel: Tabel) -> tuple[str, ...]:
    onderwerpen = tabel.teksten("onderwerpen", (), "Openingstijden")
    if len(onderwerpen) > _MEESTE_ONDERWERPEN:
        tabel.fout("onderwerpen", f"noem er hoogstens {_MEESTE_ONDERWERPEN}, anders kiest niemand snel")
    if any(len(onderwerp) > _LANGSTE_TEKST for onderwerp in onderwerpen):
        tabel.fout("onderwerpen", f"een onderwerp is hoogstens {_LANGSTE_TEKST} tekens. Maak het korter")
    if len({onderwerp.casefold() for onderwerp in onderwerpen}) < len(onderwerpen):
        tabel.fout("onderwerpen", "hetzelfde onderwerp staat er twee keer in. Haal er een weg")
    return onderwerpen


def _read_afdelingen(tabel: Tabel, werkdagen: int) -> tuple[Afdeling, ...]:
    afdelingen: dict[tuple[str, str], Afdeling] = {}
    for deel in tabel.tabellen("afdelingen"):
        afdeling = _read_afdeling(deel, werkdagen)
        sleutel = (afdeling.soort.value, afdeling.object_id)
        if afdeling.object_id and sleutel in afdelingen:
            deel.fout("id", "deze staat er al in. Haal er een weg, of geef een andere id")
        afdelingen[sleutel] = afdeling
    return tuple(afdelingen.values())


def _read_afdeling(tabel: Tabel, werkdagen: int) -> Afdeling:
    from frontoffice.domain.concept import Actorsoort, Afdeling  # pas laden als er afdelingen zijn

    naam = tabel.tekst("naam", voorbeeld="Burgerzaken")
    object_id = tabel.tekst("id", voorbeeld="BURGERZAKEN")
    for sleutel, tekst in (("naam", naam), ("id", object_id)):
        if len(tekst) > _LANGSTE_TEKST:
            tabel.fout(sleutel, f"is langer dan {_LANGSTE_TEKST} tekens. Maak de tekst korter")
    soort = tabel.keuze("soort", Actorsoort, Actorsoort.AFDELING) or Actorsoort.AFDELING
    afdeling = Afdeling(
        soort,
        object_id,
        naam,
        tabel.tekst("organisatie", "", leeg_mag=True),
        tabel.teksten("vragen", (), "Om welk adres gaat het?"),
        tabel.geheel("werkdagen", werkdagen, 0, 30),
    )
    tabel.close()
    return afdeling


def _check_codes(tabel: Tabel, registratie: Registratie) -> None:
    """Met gelijke codes is een afdeling niet van een medewerker te onderscheiden."""
    if len({registratie.medewerker, registratie.afdeling, registratie.groep}) < 3:
        tabel.fout(
            "medewerker",
            "de codes van medewerker, afdeling en groep moeten van elkaar verschillen. "
            "Geef elk een eigen codeObjecttype",
        )

"""Wat bij inzage hoort: wie er spreekt is gecontroleerd, wat een reden vraagt, en de regel in het logboek."""

from __future__ import annotations

from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from frontoffice.ports import Logboek

RAADPLEEG = "RaadpleegMetBurgerservicenummer"


def note_geopend(logboek: Logboek, doel: str, beeld: Klantbeeld) -> None:
    """Eén regel voor het openen, ook van de vraag aan de BRP die er meteen bij hoort. Raises WinkelFout."""
    brp = {"brp": RAADPLEEG} if isinstance(beeld.sleutel, PersoonSleutel) else {}
    logboek.note("klant_geopend", doel, beeld.sleutel, herkomst=beeld.herkomst.value, **brp)


def check_gecontroleerd(beeld: Klantbeeld) -> None:
    """Raises Geweigerd zolang niet is nagevraagd wie er belt."""
    if not beeld.gecontroleerd:
        raise Geweigerd("Controleer eerst wie u spreekt.", code="niet_gecontroleerd")


def vraagt_reden(beeld: Klantbeeld, wat: str) -> bool:
    """Moet eerst gezegd waarom? Bij een dicht contact altijd, en wat bij geheimhouding verborgen is."""
    if wat.startswith("contact:"):
        return True
    bedrijf = waarde_van(beeld.bedrijf)
    afgeschermd = wat == "adres" and bedrijf is not None and bedrijf.adres_afgeschermd
    geheim = beeld.geheimhouding or beeld.geheimhouding_onbekend
    return afgeschermd or (geheim and wat in ("adres", "telefoon", "email"))

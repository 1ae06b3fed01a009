"""Van een verstuurd bericht naar het contact dat er in het register van vertelt. Doet geen verzoek."""

from __future__ import annotations

import uuid

from frontoffice.domain.bericht import METADATA_BERICHT, METADATA_OVER, Berichtkanaal, Berichtopdracht
from frontoffice.domain.registratie import SLEUTEL, Deelnemer, Registratie, Rol, cut_inhoud
from frontoffice.domain.taakwijziging import METADATA_ACTIE, METADATA_TAAK, Taakactie, Taakstap

_TALEN = {"nl": "nld", "de": "deu", "en": "eng"}
_KANALEN = {Berichtkanaal.MAIL: "e-mail", Berichtkanaal.SMS: "sms"}


def make_contact(opdracht: Berichtopdracht, sleutel: str, nummer: str) -> Registratie:
    """Wat de volgende collega ziet: dat er een bericht ging, en wat erin stond. De code van een afspraak gaat
    niet mee: wie die heeft, kan de afspraak wijzigen."""
    titel = f"{opdracht.titel}\n\n" if opdracht.titel else ""
    inhoud = f"Bericht {opdracht.kanaal.zin}:\n\n{titel}{opdracht.tekst}"
    if opdracht.code:
        inhoud = inhoud.replace(opdracht.code, "…")
    metadata = {SLEUTEL: sleutel, METADATA_BERICHT: opdracht.wat.value, METADATA_OVER: opdracht.over}
    if opdracht.over_taak:
        metadata |= {METADATA_TAAK: opdracht.over_taak, METADATA_ACTIE: Taakactie.BERICHT.value}
    if opdracht.toestemming_op is not None:
        metadata["toestemmingop"] = opdracht.toestemming_op.isoformat()
        metadata["toestemmingbron"] = opdracht.toestemming_bron
    return Registratie(
        uuid=sleutel,
        referentienummer=nummer,
        medewerker=opdracht.medewerker,
        medewerker_naam=opdracht.medewerker_naam,
        kanaal=_KANALEN[opdracht.kanaal],
        onderwerp=opdracht.onderwerp,
        inhoud=cut_inhoud(inhoud)[0],
        taal=_TALEN.get(opdracht.taal, "nld"),
        vertrouwelijk=False,
        gelukt=True,
        plaatsgevonden_op=opdracht.gemaakt_op.replace(microsecond=uuid.UUID(sleutel).int % 1_000_000),
        groep=opdracht.groep,
        deelnemers=(Deelnemer(opdracht.klant, Rol.KLANT, initiator=False),) if opdracht.klant else (),
        meldingen=(opdracht.over_melding,) if opdracht.over_melding else (),
        vervolg=make_stap(opdracht),
        metadata=metadata,
    )


def make_stap(opdracht: Berichtopdracht) -> Taakstap | None:
    """Hangt het contact aan het terugbelverzoek waar het bericht over gaat."""
    if not (opdracht.over_taak and opdracht.bij_contact):
        return None
    door = opdracht.medewerker_naam
    return Taakstap(opdracht.over_taak, opdracht.bij_contact, Taakactie.BERICHT, opdracht.gemaakt_op, door)

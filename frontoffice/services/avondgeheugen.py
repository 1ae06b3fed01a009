"""Wat deze werkplek van vanavond weet: het laatste beeld, en wat hier is gedaan maar nog in de agenda moet.

Het beeld en de notities samen zijn de stand waar het werk zonder verbinding op doorgaat. Praat niet met de
agenda en beslist niets. Niet veilig voor meer draden tegelijk: dat regelt wie dit gebruikt.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import datetime, timedelta

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from frontoffice.avondpoort import Avondbeeld, Avondnotitie, Avondnotities, Notitiestand
from frontoffice.domain.taal import dag_van
from frontoffice.ports import Klok
from frontoffice.registratiepoort import WinkelFout

_log = logging.getLogger(__name__)


class Avondgeheugen:
    """`notities` en `beeld` worden alleen in hun geheel vervangen: lezen mag van elke draad.

    Gaat de winkel niet open, dan werkt alles in het geheugen zolang het programma loopt.
    """

    def __init__(self, open_winkel: Callable[[], Avondnotities], klok: Klok) -> None:
        self._winkel = open_winkel
        self._klok = klok
        self._open = self._gemeld = False
        self._anker: tuple[datetime, float] | None = None
        self._eigen: frozenset[str] = frozenset()
        self.beeld: Avondbeeld | None = None
        self.notities: tuple[Avondnotitie, ...] = ()
        self.niet_bewaard = False
        """Er is iets dat niet op schijf kon: sluit het programma dan niet."""

    def open(self) -> None:
        """Lees één keer wat er van een eerdere keer nog staat. Lukt dat niet, dan de volgende keer weer."""
        if self._open:
            return
        try:
            bewaard, beeld = self._winkel().load(), self._winkel().load_beeld()
        except WinkelFout as fout:
            if not self._gemeld:
                _log.warning("notities van de avond niet geladen", extra={"code": fout.code})
            self._gemeld = True
            return
        self._open = True
        self.notities = (*bewaard, *self.notities)
        if beeld is None or self.beeld is not None:
            return
        nu = beeld.stand.nu + max(self._klok.nu() - beeld.gezien_op, timedelta())
        self.beeld, self._anker = beeld, (nu, self._klok.verlopen())
        if dag_van(nu) != beeld.stand.datum:
            self.forget()

    @property
    def inrichting(self) -> Inrichting | None:
        return None if self.beeld is None else self.beeld.inrichting

    # --- de stand --------------------------------------------------------------------------------------

    def nu(self) -> datetime | None:
        """De klok van de agenda, zo goed als die hier bekend is."""
        if self._anker is None:
            return None
        toen, sinds = self._anker
        return toen + timedelta(seconds=self._klok.verlopen() - sinds)

    def stand(self) -> Avondstand | None:
        """Het laatste beeld met daarop alles wat hier is gedaan; None zonder beeld van vanavond."""
        if self.beeld is None:
            return None
        bezoeken = {bezoek.id: bezoek for bezoek in self.beeld.stand.bezoeken}
        for notitie in self.open_notities():
            if notitie.na is not None and notitie.datum == self.beeld.stand.datum:
                bezoeken[notitie.bezoek] = notitie.na
        zichtbaar = (
            b for b in bezoeken.values() if b.toestand is not Toestand.AFGEZEGD or b.tijd is not None
        )
        nu = self.nu() or self.beeld.stand.nu
        return replace(self.beeld.stand, bezoeken=tuple(zichtbaar), nu=nu)

    def learn(
        self, stand: Avondstand, namen: Mapping[str, str], reeks: int, inrichting: Inrichting | None
    ) -> None:
        """De agenda gaf deze stand. Op schijf komt zij alleen als er iets is veranderd."""
        oud = self.beeld
        self._anker = stand.nu, self._klok.verlopen()
        zelfde = oud is not None and replace(oud.stand, nu=stand.nu) == stand
        bij = (namen, reeks, inrichting)
        if oud is not None and zelfde and (oud.namen, oud.reeks, oud.inrichting) == bij:
            return
        self.beeld = Avondbeeld(stand, self._klok.nu(), namen, reeks, inrichting)
        if stand.avond.toestand is AvondToestand.AFGESLOTEN:
            self._wipe()  # op schijf hoeft er van een afgesloten avond niets te blijven
        else:
            self._save(self.beeld)

    def adopt(self, bezoek: Bezoek) -> None:
        """De agenda deed een stap met dit bezoek."""
        if self.beeld is None or bezoek.datum != self.beeld.stand.datum:
            return
        stand = self.beeld.stand
        anders = [b for b in stand.bezoeken if b.id != bezoek.id]
        op_nummer = sorted((*anders, bezoek), key=lambda b: (b.volgnummer == "", b.volgnummer))
        self.beeld = replace(self.beeld, stand=replace(stand, bezoeken=tuple(op_nummer)))

    def forget(self) -> None:
        """Vanavond is er geen avond (meer)."""
        if self.beeld is None:
            return
        self.beeld = self._anker = None
        self._wipe()

    def _wipe(self) -> None:
        try:
            self._winkel().forget_beeld()
        except WinkelFout as fout:
            _log.warning("beeld van de avond niet gewist", extra={"code": fout.code})

    def _save(self, beeld: Avondbeeld) -> None:
        try:
            self._winkel().save_beeld(beeld)
        except WinkelFout as fout:  # in het geheugen staat het wel; de volgende stand probeert het weer
            _log.warning("beeld van de avond niet bewaard", extra={"code": fout.code})

    # --- notities --------------------------------------------------------------------------------------

    def find(self, verzoek_id: str) -> Avondnotitie | None:
        return next((n for n in self.notities if n.verzoek_id == verzoek_id), None)

    def open_notities(self) -> tuple[Avondnotitie, ...]:
        """Wat nog naar de agenda moet; ook wat onderweg was toen het programma eerder stopte."""
        return tuple(
            n
            for n in self.notities
            if n.stand is Notitiestand.GENOTEERD
            or (n.stand is Notitiestand.ONDERWEG and n.verzoek_id not in self._eigen)
        )

    def begin(self, notitie: Avondnotitie) -> None:
        """Deze stap gaat nu naar de agenda."""
        self._eigen |= {notitie.verzoek_id}
        self._put(notitie)

    def end(self, verzoek_id: str) -> None:
        """De afloop van deze stap is bekend."""
        self._eigen -= {verzoek_id}
        self.remove(verzoek_id)

    def note(self, notitie: Avondnotitie) -> None:
        """Deze stap is hier gedaan. Staat hij niet op schijf, dan blijft hij zolang het programma loopt."""
        self._eigen -= {notitie.verzoek_id}
        self._put(notitie)

    def _put(self, notitie: Avondnotitie) -> None:
        bestaand = self.find(notitie.verzoek_id)
        self.flush()
        try:
            if bestaand is None:
                notitie = self._winkel().add(notitie)
            else:
                notitie = replace(notitie, volgorde=bestaand.volgorde)
                self._winkel().update(notitie)
        except WinkelFout as fout:
            _log.warning("stap van de avond niet bewaard", extra={"code": fout.code})
            self.niet_bewaard = True
        if bestaand is None:
            self.notities = (*self.notities, notitie)
        else:
            self._swap(notitie)

    def flush(self) -> None:
        """Zet alsnog op schijf wat daar eerder niet kon."""
        if not self.niet_bewaard:
            return
        try:
            for notitie in self.notities:
                if not notitie.volgorde:
                    self._swap(self._winkel().add(notitie))
                else:
                    self._winkel().update(notitie)
            self.niet_bewaard = False
        except WinkelFout as fout:
            _log.warning("stap van de avond niet bewaard", extra={"code": fout.code})

    def update(self, notitie: Avondnotitie) -> None:
        """Bewaar wat er met deze notitie gebeurde."""
        self._put(notitie)

    def remove(self, *verzoek_ids: str) -> None:
        """Dit staat in de agenda, of hoeft er niet meer in. Lukt dat niet op schijf, dan is dat onschadelijk:
        nog een keer doorvoeren onder hetzelfde nummer doet niets."""
        weg = set(verzoek_ids)
        self.notities = tuple(n for n in self.notities if n.verzoek_id not in weg)
        try:
            self._winkel().remove(*verzoek_ids)
        except WinkelFout as fout:
            _log.warning("notitie van de avond niet weggehaald", extra={"code": fout.code})

    def forget_punten(self, open_: Set[str]) -> None:
        """Deze punten moeten nog worden nagekeken; van de andere hoeft hier niets te blijven."""
        klaar = [n.verzoek_id for n in self.notities if n.punt and n.punt not in open_]
        if klaar:
            self.remove(*klaar)

    def rename(self, oud: str, nieuw: str) -> None:
        """De agenda gaf dit bezoek een ander id: wat er hier nog over genoteerd staat, gaat mee."""
        for notitie in self.notities:
            if notitie.bezoek == oud:
                na = None if notitie.na is None else replace(notitie.na, id=nieuw)
                self._put(replace(notitie, bezoek=nieuw, na=na))

    def next_volgnummer(self) -> str:
        """Een volgnummer dat verder niemand uitgeeft, ook de agenda niet: "W2-03". Raises WinkelFout."""
        assert self.beeld is not None
        return f"W{self.beeld.reeks}-{self._winkel().next_nummer(self.beeld.stand.datum):02}"

    def _swap(self, notitie: Avondnotitie) -> None:
        self.notities = tuple(notitie if n.verzoek_id == notitie.verzoek_id else n for n in self.notities)

"""Eén zaak helemaal: hoe het staat, wat te zeggen, stappen, wie, documenten en contacten erover."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.concept import ZaakKoppeling
from frontoffice.domain.weergave import Ernst, ZaakRegel
from frontoffice.domain.weergave_detail import DossierWeergave
from ui import klembord
from ui.bouwstenen import Knop
from ui.klantbeeld.documenten import Bewaarder, Bewaarmap, Documentenlijst
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.stappen import Stappenlijst
from ui.klantbeeld.stukken import add_kop, add_paren, add_regel_met_icoon
from ui.klantbeeld.tekstvak import Tekstvak
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Rol, Thema, set_stijl

_ERNST: dict[Ernst, tuple[str, Kleurnaam, Rol]] = {
    Ernst.GEVAAR: ("waarschuwing", "gevaar", "fout"),
    Ernst.LET_OP: ("klok", "let_op", "let_op"),
    Ernst.GEWOON: ("klok", "tekst_zacht", "gewoon"),
}


BELOOF = "Beloof de klant dat wij hierover bellen of iets laten weten."


class Zaakkop(QWidget):
    """Wat al bekend is voordat de rest er is: welke zaak, nummer, stand en termijn. `melding` na kopiëren."""

    melding = Signal(str)

    def __init__(self, regel: ZaakRegel, iconen: Iconen) -> None:
        super().__init__()
        self._regel = regel
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst(regel.zaaktype, rol="nadruk"))
        nummer = QHBoxLayout()
        nummer.addWidget(Tekst(regel.identificatie, rol="gedempt"), 1)
        kopieer = Knop("Kopieer nummer", self._copy, soort="stil")
        kopieer.setIcon(iconen.icoon("kopieer", "accent"))
        nummer.addWidget(kopieer)
        kolom.addLayout(nummer)
        if regel.omschrijving:
            kolom.addWidget(Tekst(regel.omschrijving))
        add_regel_met_icoon(kolom, iconen, "map", "tekst_zacht", regel.status)
        if regel.termijn:
            icoon, kleur, rol = _ERNST[regel.ernst]
            add_regel_met_icoon(kolom, iconen, icoon, kleur, regel.termijn, rol=rol)

    def _copy(self) -> None:
        klembord.copy(
            self,
            self._regel.identificatie,
            "zaaknummer",
            lambda: self.melding.emit("Zaaknummer gekopieerd."),
            zaak=self._regel.uuid,
        )


class Voorleesvak(QFrame):
    """Wat de medewerker kan voorlezen, met kopiëren. `melding` na kopiëren."""

    melding = Signal(str)

    def __init__(self, tekst: str) -> None:
        super().__init__()
        self._tekst = tekst
        set_stijl(self, "soort", "band_goed")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kop = QHBoxLayout()
        kop.addWidget(Tekst("Zeg dit", rol="kop2"), 1)
        kop.addWidget(Knop("Kopieer", self._copy, soort="stil", naam="Kopieer de tekst om voor te lezen"))
        kolom.addLayout(kop)
        kolom.addWidget(Tekst(tekst))

    def _copy(self) -> None:
        klembord.copy(self, self._tekst, "voorleestekst", lambda: self.melding.emit("Tekst gekopieerd."))


class Zaakdetail(QWidget):
    """Het hele dossier. `open_contact` komt met de uuid van een contact over deze zaak; `belofte` met de
    ZaakKoppeling waar iets over wordt beloofd."""

    melding = Signal(str)
    open_contact = Signal(str)
    belofte = Signal(object)

    def __init__(
        self,
        dossier: DossierWeergave,
        vandaag: date,
        thema: Thema,
        iconen: Iconen,
        bewaarder: Bewaarder,
        bewaarmap: Bewaarmap,
    ) -> None:
        super().__init__()
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kop = Zaakkop(dossier.regel, iconen)
        kop.melding.connect(self.melding)
        kolom.addWidget(kop)
        for zin in dossier.fouten:
            add_regel_met_icoon(kolom, iconen, "waarschuwing", "gevaar", zin, rol="fout")
        if dossier.voorleestekst:
            voorlezen = Voorleesvak(dossier.voorleestekst)
            voorlezen.melding.connect(self.melding)
            kolom.addWidget(voorlezen)
        regel = dossier.regel
        zaak = ZaakKoppeling(regel.uuid, regel.identificatie, regel.zaaktype)
        kolom.addWidget(Knop("Beloof iets", partial(self.belofte.emit, zaak), uitleg=BELOOF))
        self._add_termijnen(kolom, dossier)
        if dossier.resultaat:
            add_kop(kolom, "Resultaat")
            kolom.addWidget(Tekst(dossier.resultaat))
        if dossier.stappen:
            add_kop(kolom, "Stappen")
            kolom.addWidget(Stappenlijst(dossier.stappen, vandaag, thema))
        if dossier.toelichting.strip():
            add_kop(kolom, "Toelichting")
            kolom.addWidget(Tekstvak(dossier.toelichting, "Toelichting bij de zaak"))
        add_kop(kolom, "Wie hoort erbij")
        add_paren(kolom, ((rol[:1].upper() + rol[1:], naam) for rol, naam in dossier.rollen))
        self._add_documenten(kolom, dossier, bewaarder, bewaarmap, iconen)
        self._add_contacten(kolom, dossier)

    @staticmethod
    def _add_termijnen(kolom: QVBoxLayout, dossier: DossierWeergave) -> None:
        if not dossier.streefdatum and not dossier.wettelijke_termijn and not dossier.opmerkingen:
            return
        add_kop(kolom, "Termijnen")
        paren = (("Streefdatum", dossier.streefdatum), ("Wettelijke termijn", dossier.wettelijke_termijn))
        add_paren(kolom, paren)
        for zin in dossier.opmerkingen:
            kolom.addWidget(Tekst(zin, rol="klein"))

    def _add_documenten(
        self,
        kolom: QVBoxLayout,
        dossier: DossierWeergave,
        bewaarder: Bewaarder,
        bewaarmap: Bewaarmap,
        iconen: Iconen,
    ) -> None:
        add_kop(kolom, f"Documenten ({len(dossier.documenten)})" if dossier.documenten else "Documenten")
        if not dossier.documenten:
            kolom.addWidget(Tekst("Bij deze zaak zijn geen documenten die u mag zien.", rol="gedempt"))
            return
        lijst = Documentenlijst(dossier.documenten, bewaarder, bewaarmap, iconen)
        lijst.melding.connect(self.melding)
        kolom.addWidget(lijst)

    def _add_contacten(self, kolom: QVBoxLayout, dossier: DossierWeergave) -> None:
        if not dossier.contacten:
            return
        add_kop(kolom, "Contacten over deze zaak")
        for contact in dossier.contacten:
            rij = QHBoxLayout()
            wat = contact.onderwerp or contact.titel
            rij.addWidget(Tekst(f"{contact.wanneer} · {wat}"), 1)
            knop = Knop(
                "Toon",
                partial(self.open_contact.emit, contact.uuid),
                soort="stil",
                naam=f"Toon contact: {wat}",
            )
            rij.addWidget(knop)
            kolom.addLayout(rij)

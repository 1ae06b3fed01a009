"""De kolom met wat is gekozen: een contact, een document of een zaak, helemaal.

Haalt op wat nog ontbreekt; een laat antwoord voor iets anders valt weg. Esc of Sluiten maakt de kolom leeg.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.concept import ZaakKoppeling
from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.dossier import ZaakDossier
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from frontoffice.domain.taal import dag_van
from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from frontoffice.domain.weergave import KlantWeergave, ZaakRegel
from frontoffice.domain.weergave_afspraak import AfspraakRegel
from frontoffice.domain.weergave_detail import maak_contactweergave, maak_dossierweergave
from frontoffice.domain.zaak import ZaakDocument
from frontoffice.ports import Stop
from ui.bouwstenen import Knop, Scrollvlak
from ui.contact.belofte import over_afspraak, over_zaak
from ui.klantbeeld.afspraakdetail import Afspraakdetail
from ui.klantbeeld.contactdetail import Contactdetail
from ui.klantbeeld.documenten import Bewaarmap, Documentenlijst
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.lader import Klantlader
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.onthul import Redenregel
from ui.klantbeeld.stukken import clear_layout
from ui.klantbeeld.tekstvak import Tekstvak
from ui.klantbeeld.tijdlijn_rijen import SOORTEN, dag_in_woorden, soort_in_woorden
from ui.klantbeeld.toestand import Toestandregel
from ui.klantbeeld.zaakdetail import Zaakdetail, Zaakkop
from ui.tekst import Tekst, announce
from ui.thema import Thema

_LEEG = "Kies een zaak of een regel in de tijdlijn. Dan leest u hier alles erover."
_RUST_MS = 200
_LANGSTE_KANAAL = 40


class DetailVak(Vak):
    """Signalen: `onthul` (wat, reden), `gesloten`, `melding` (korte tekst), `getekend`, `afspraak` (wat, id),
    `melding_openen` (nummer), `belofte` (Belofteaanleiding) en `zaak_getoond` (ZaakKoppeling, of None als er
    geen zaak meer staat)."""

    onthul = Signal(str, str)
    gesloten = Signal()
    melding = Signal(str)
    getekend = Signal()
    zaak_getoond = Signal(object)
    afspraak = Signal(str, str)
    melding_openen = Signal(int)
    belofte = Signal(object)

    def __init__(self, lader: Klantlader, thema: Thema, iconen: Iconen) -> None:
        super().__init__("Detail")
        self._lader, self._thema, self._iconen = lader, thema, iconen
        self._bewaarmap = Bewaarmap()
        self._beeld: Klantbeeld | None = None
        self._weergave: KlantWeergave | None = None
        self._item: TijdlijnItem | None = None
        self._contact_uuid = ""
        self._zaak_uuid = ""
        self._contact: Klantcontact | None = None
        self._dossier: ZaakDossier | None = None
        self._stop = Stop()
        self._sluiten = Knop("Sluiten (Esc)", self.close_detail, soort="stil", naam="Detail sluiten")
        self.kopregel.addWidget(self._sluiten)
        self._stand = Toestandregel(iconen, "Detail")
        self._stand.opnieuw.connect(self._fetch)
        self._stand.annuleren.connect(self._cancel)
        self.reden = Redenregel()
        self.reden.gegeven.connect(self.onthul)
        self._vlak = QWidget()
        self._uitleg = Tekst(rol="gedempt")
        self._stukken = QWidget()
        self._kolom = QVBoxLayout(self._stukken)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        alles = QVBoxLayout(self._vlak)
        alles.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, 4 * Thema.afstand)
        alles.addWidget(self._uitleg)
        alles.addWidget(self._stukken, 1)
        self._scroll = Scrollvlak(self._vlak)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Detail")
        self.inhoud.addWidget(self.reden)
        self.inhoud.addWidget(self._stand)
        self.inhoud.addWidget(self._scroll, 1)
        self._rust = QTimer(self)
        self._rust.setSingleShot(True)
        self._rust.setInterval(_RUST_MS)
        self._rust.timeout.connect(self._fetch)
        thema.gewijzigd.connect(self._restyle)
        self._render()

    # --- kiezen ----------------------------------------------------------------------------------------

    @property
    def is_leeg(self) -> bool:
        return self._item is None and not self._contact_uuid and not self._zaak_uuid

    def show_item(self, item: TijdlijnItem, *, meteen: bool) -> None:
        """Toon een gebeurtenis. Met `meteen` komt alles erbij; anders pas als de keuze even blijft."""
        soort, uuid = item.verwijzing or ("", "")
        if soort == "zaak" and meteen:
            self.show_zaak(uuid)
            return
        if item == self._item and not meteen:
            return
        self._begin()
        self._item = item
        if soort == "contact":
            self._contact_uuid = uuid
            self._contact = self._contact_in_beeld(uuid)
        self._render()
        if meteen:
            self._fetch()
        else:
            self._rust.start()

    def show_contact(self, uuid: str) -> None:
        self._begin()
        self._contact_uuid = uuid
        self._contact = self._contact_in_beeld(uuid)
        self._render()
        self._fetch()

    def show_zaak(self, uuid: str) -> None:
        if uuid == self._zaak_uuid and self._dossier is not None:
            return
        self._begin()
        self._zaak_uuid = uuid
        self._render()
        self._fetch()
        regel = self._zaakregel(uuid)
        if regel is not None:
            self.zaak_getoond.emit(ZaakKoppeling(uuid, regel.identificatie, regel.zaaktype))

    def close_detail(self) -> None:
        """Terug naar leeg; wat nog onderweg was vervalt."""
        if self.is_leeg:
            return
        self._begin()
        self._render()
        self.gesloten.emit()

    def clear(self) -> None:
        """Een andere klant, of geen: alles weg, zonder melding."""
        self._begin()
        self._beeld, self._weergave = None, None
        self._render()

    def show_weergave(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        """Het klantbeeld veranderde. Mag er meer of minder te zien zijn, dan komt het detail er opnieuw."""
        oud, was = self._beeld, self._afspraakregel()
        self._beeld, self._weergave = beeld, weergave
        gelijk = was == self._afspraakregel()
        if gelijk and oud is not None and _zichtbaarheid(oud) == _zichtbaarheid(beeld):
            return
        self._render()
        if self._contact_uuid and self._contact is None:
            self._fetch()

    def eerste_focus(self) -> QWidget:
        return self._scroll

    # --- ophalen ---------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._zaak_uuid:
            self.zaak_getoond.emit(None)
        self._rust.stop()
        self._stop.set()
        self._stop = self._lader.child_stop()
        self._item, self._contact_uuid, self._zaak_uuid = None, "", ""
        self._contact, self._dossier = None, None
        self.reden.close_regel()
        self._stand.show_niets()

    def _fetch(self) -> None:
        if self._beeld is None or self._is_dicht:
            return
        if self._zaak_uuid:
            self._stand.show_laden()
            self._lader.fetch_zaak(self._zaak_uuid, self._got_zaak, self._failed, self._stop)
        elif self._contact_uuid:
            self._stand.show_laden()
            self._lader.fetch_contact(self._contact_uuid, self._got_contact, self._failed, self._stop)

    def _cancel(self) -> None:
        self._stop.set()
        self._stop = self._lader.child_stop()
        self._stand.show_fout(
            "Niet geladen: afgebroken. Kies Opnieuw om het weer te proberen.", opnieuw_helpt=True
        )

    def _got_zaak(self, dossier: ZaakDossier) -> None:
        self._dossier = dossier
        self._stand.show_niets()
        self._render()
        announce(self, "Zaak geladen.")

    def _got_contact(self, contact: Klantcontact) -> None:
        self._contact = contact
        self._stand.show_niets()
        self._render()
        announce(self, "Contact geladen.")

    def _failed(self, fout: KifFout) -> None:
        self._stand.show_fout(f"Niet geladen: {fout.uitleg}", opnieuw_helpt=fout.opnieuw_helpt)
        announce(self, f"Niet geladen: {fout.uitleg}")

    # --- tonen -----------------------------------------------------------------------------------------

    @property
    def _is_dicht(self) -> bool:
        """Een vertrouwelijk contact dat nog niet met een reden is geopend."""
        if self._beeld is None or not self._contact_uuid:
            return False
        gevoelig = (self._item is not None and self._item.gevoelig) or (
            self._contact is not None and self._contact.vertrouwelijk
        )
        return gevoelig and f"contact:{self._contact_uuid}" not in self._beeld.onthuld

    def _render(self) -> None:
        plaats = self._scroll.verticalScrollBar().value()
        was_leeg = self._kolom.count() == 0
        clear_layout(self._kolom)
        kop = "Detail"
        self._sluiten.setVisible(not self.is_leeg)
        self._show_uitleg()
        if self._beeld is None or self.is_leeg or not self._beeld.gecontroleerd:
            self.kop.setText(kop)
            if not was_leeg:
                self.getekend.emit()
            return
        if self._zaak_uuid:
            kop = "Zaak"
            self._render_zaak(self._beeld)
        elif self._contact_uuid:
            kop = self._render_contact(self._beeld)
        elif self._item is not None:
            kop = soort_in_woorden(self._item)
            self._render_item(self._item, self._beeld)
        self.kop.setText(kop)
        self._kolom.addStretch(1)
        self._scroll.verticalScrollBar().setValue(plaats if self._dossier or self._contact else 0)
        self.getekend.emit()

    def _show_uitleg(self) -> None:
        """Wat er staat als er niets is gekozen, of als er nog niets te zien mag zijn."""
        zin = self._weergave.uitleg if self._weergave else ""
        if self._weergave is not None and self.is_leeg:
            zin = zin or _LEEG
        self._uitleg.setText(zin)
        self._uitleg.setVisible(bool(zin))

    def _render_zaak(self, beeld: Klantbeeld) -> None:
        regel = self._zaakregel(self._zaak_uuid)
        if self._dossier is not None:
            detail = Zaakdetail(
                maak_dossierweergave(beeld, self._dossier),
                beeld.vandaag,
                self._thema,
                self._iconen,
                self._lader,
                self._bewaarmap,
            )
            detail.melding.connect(self.melding)
            detail.open_contact.connect(self.show_contact)
            detail.belofte.connect(lambda zaak: self.belofte.emit(over_zaak(zaak)))
            self._kolom.addWidget(detail)
        elif regel is not None:
            self._add_zaakkop(regel)

    def _add_zaakkop(self, regel: ZaakRegel) -> None:
        kop = Zaakkop(regel, self._iconen)
        kop.melding.connect(self.melding)
        self._kolom.addWidget(kop)

    def _render_contact(self, beeld: Klantbeeld) -> str:
        if self._is_dicht:
            self._kolom.addWidget(
                Tekst("Dit contact is vertrouwelijk. De inhoud staat dicht.", rol="gedempt")
            )
            tonen = Knop("Tonen…", naam="Vertrouwelijk contact tonen")
            wat = f"contact:{self._contact_uuid}"
            tonen.clicked.connect(
                lambda: self.reden.open_voor(wat, "dit vertrouwelijke contact", self._scroll)
            )
            self._kolom.addWidget(tonen)
            return "Vertrouwelijk contact"
        if self._contact is None:
            if self._item is not None:
                self._kolom.addWidget(Tekst(self._item.titel, rol="nadruk"))
            return soort_in_woorden(self._item) if self._item else "Contact"
        weergave = maak_contactweergave(beeld, self._contact)
        detail = Contactdetail(weergave, self._zaken_van(self._contact), self._iconen)
        detail.open_zaak.connect(self.show_zaak)
        self._kolom.addWidget(detail)
        return f"Contact: {weergave.kanaal[:_LANGSTE_KANAAL].lower()}" if weergave.kanaal else "Contact"

    def _render_item(self, item: TijdlijnItem, beeld: Klantbeeld) -> None:
        soort, uuid = item.verwijzing or ("", "")
        if soort == "document":
            zaak_uuid, document = self._document_in_beeld(uuid)
            if document is not None:
                self._render_document(document, item.regel, zaak_uuid)
                return
        afspraak = self._afspraakregel()
        if afspraak is not None:
            detail = Afspraakdetail(afspraak, self._iconen)
            detail.gevraagd.connect(self.afspraak)
            detail.belofte.connect(lambda nummer: self.belofte.emit(over_afspraak(nummer)))
            self._kolom.addWidget(detail)
            return
        regel = self._zaakregel(uuid) if soort == "zaak" else None
        if regel is not None:
            self._add_zaakkop(regel)
        else:
            self._kolom.addWidget(Tekst(item.titel, rol="nadruk"))
        dag = dag_in_woorden(dag_van(item.om), beeld.vandaag)
        delen = (dag, SOORTEN[item.soort] if item.kanaal else "", item.toestand, item.wie)
        self._kolom.addWidget(Tekst(" · ".join(deel for deel in delen if deel), rol="gedempt"))
        if item.regel and item.soort is not TijdlijnSoort.CONTACT:
            self._kolom.addWidget(Tekst(item.regel))
        if item.tekst:
            self._kolom.addWidget(Tekstvak(item.tekst, "Tekst"))
        if soort == "zaak":
            self._kolom.addWidget(Knop("Open zaak", partial(self.show_zaak, uuid)))
        if item.soort is TijdlijnSoort.MELDING and (nummer := item.id.rpartition(":")[2]).isdecimal():
            self._kolom.addWidget(Knop("Open melding", partial(self.melding_openen.emit, int(nummer))))

    def _render_document(self, document: ZaakDocument, zaaktype: str, zaak_uuid: str) -> None:
        lijst = Documentenlijst((document,), self._lader, self._bewaarmap, self._iconen)
        lijst.melding.connect(self.melding)
        self._kolom.addWidget(lijst)
        self._kolom.addWidget(Tekst(f"Hoort bij de zaak {zaaktype}.", rol="gedempt"))
        self._kolom.addWidget(Knop("Open zaak", partial(self.show_zaak, zaak_uuid)))

    # --- opzoeken --------------------------------------------------------------------------------------

    def _contact_in_beeld(self, uuid: str) -> Klantcontact | None:
        contacten = waarde_van(self._beeld.contacten) if self._beeld else None
        return next((c for c in contacten.rijen if c.uuid == uuid), None) if contacten else None

    def _document_in_beeld(self, uuid: str) -> tuple[str, ZaakDocument | None]:
        """De zaak waar dit document bij hoort en het document zelf."""
        zaken = waarde_van(self._beeld.zaken) if self._beeld else None
        for zaak in (*zaken.zaken, *(zaken.afgerond or ())) if zaken else ():
            for document in zaak.documenten or ():
                if document.uuid == uuid:
                    return zaak.uuid, document
        return "", None

    def _afspraakregel(self) -> AfspraakRegel | None:
        """De gekozen afspraak zoals zij nu is; None als er iets anders is gekozen."""
        soort, afspraak_id = (self._item.verwijzing if self._item else None) or ("", "")
        if self._weergave is None or soort != "afspraak":
            return None
        return next((regel for regel in self._weergave.afspraken if regel.id == afspraak_id), None)

    def _zaakregel(self, uuid: str) -> ZaakRegel | None:
        if self._weergave is None:
            return None
        alle = (*self._weergave.zaken, *(self._weergave.afgerond or ()))
        return next((regel for regel in alle if regel.uuid == uuid), None)

    def _zaken_van(self, contact: Klantcontact) -> tuple[tuple[str, str], ...]:
        """De zaken waar het contact over ging, voor zover deze medewerker ze mag zien."""
        gevonden = (self._zaakregel(object_.object_id.lower()) for object_ in contact.onderwerpobjecten)
        return tuple((regel.uuid, regel.zaaktype) for regel in gevonden if regel is not None)

    def _restyle(self) -> None:
        if self._beeld is not None:
            self._render()

    def paintEvent(self, event: QPaintEvent) -> None:
        """De focusrand om wat scrolt: daar werken de pijltjes."""
        super().paintEvent(event)
        if self._scroll.hasFocus():
            schilder = QPainter(self)
            schilder.setPen(QPen(self._thema.kleur("focus"), 2))
            schilder.drawRect(self._scroll.geometry().adjusted(1, 1, -1, -1))
            schilder.end()


def _zichtbaarheid(beeld: Klantbeeld) -> tuple[object, ...]:
    """Alles wat bepaalt hoeveel er te zien mag zijn."""
    return (beeld.gecontroleerd, beeld.onthuld, beeld.geheimhouding, beeld.geheimhouding_onbekend)

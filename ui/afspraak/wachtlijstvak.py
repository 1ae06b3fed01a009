"""De wachtlijst: wie wacht, wie nu eerder terechtkan, en de belkaart om die tijd aan te bieden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Contactgegevens
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.script import say_time
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agendapoort import Wachtende
from frontoffice.domain import taal
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from frontoffice.services.afspraakwaarden import Boekgegevens, Vastgehouden
from frontoffice.services.wachtlijst import Belkaart
from ui.afspraak import woorden
from ui.afspraak.dienst import Agenda
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.klantbeeld.vloei import Vloei
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl


@dataclass(frozen=True)
class Wachtlijstbeeld:
    """De lijst zoals zij nu is, met wie er nu eerder kan komen."""

    wachtend: tuple[Wachtende, ...]
    kaarten: tuple[Belkaart, ...]
    inrichting: Inrichting
    vandaag: date


def load_wachtlijst(agenda: Agenda) -> Wachtlijstbeeld:
    beeld = agenda.vrij.load()
    lijst = agenda.wachtlijst
    return Wachtlijstbeeld(lijst.load(), lijst.find_passend(), beeld.inrichting, beeld.vandaag)


class WachtlijstVak(QWidget):
    """Signalen: `gevraagd` (haal de lijst op) en `doen` (bedoeling, werk, zin erna)."""

    gevraagd = Signal()
    doen = Signal(object, object, str)

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._vandaag = date.min
        self._namen: dict[str, str] = {}
        self._kaarten: dict[str, Belkaart] = {}
        self._aanbod: tuple[str, Vastgehouden] | None = None
        self.zin = Tekst("Laden…", rol="gedempt")
        self.lijst = RijLijst("Wachtlijst", thema)
        self.lijst.gekozen.connect(lambda _: self._focus_kaart())
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._show_kaart())
        self._opnieuw = Knop("Opnieuw", self.gevraagd.emit, naam="Wachtlijst opnieuw laden")
        links = QFrame()
        set_stijl(links, "soort", "kaart")
        marge = 3 * Thema.afstand
        kolom = QVBoxLayout(links)
        kolom.setContentsMargins(marge, marge, marge, 0)
        kolom.setSpacing(2 * Thema.afstand)
        boven = QHBoxLayout()
        boven.addWidget(self.zin, 1)
        boven.addWidget(self._opnieuw)
        kolom.addLayout(boven)
        kolom.addWidget(self.lijst, 1)
        kaart = QFrame()
        set_stijl(kaart, "soort", "kaart")
        kaart.setAccessibleName("Belkaart")
        self._binnen = QWidget()
        self._kolom = QVBoxLayout(self._binnen)
        self._kolom.setContentsMargins(marge, marge, marge, marge)
        self._kolom.setSpacing(2 * Thema.afstand)
        self._delen: list[QWidget] = []
        self._kolom.addStretch(1)
        om = QVBoxLayout(kaart)
        om.setContentsMargins(0, 0, 0, 0)
        om.addWidget(Scrollvlak(self._binnen))
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(0)
        rij.addWidget(links, 5)
        rij.addWidget(Lijn(staand=True))
        rij.addWidget(kaart, 6)

    # --- tonen ----------------------------------------------------------------------------------------------

    def clear(self) -> None:
        self._aanbod = None
        self._kaarten = {}
        self.lijst.set_rijen(())
        self._drop()

    def show_laden(self) -> None:
        if not self.lijst.rijen.rowCount():
            self.zin.set_rol("gedempt")
            self.zin.setText("Laden…")

    def show_fout(self, fout: KifFout) -> None:
        self.zin.set_rol("fout")
        self.zin.setText(fout.uitleg)
        announce(self.lijst, fout.uitleg)

    def show_lijst(self, beeld: Wachtlijstbeeld) -> None:
        """Wie nu kan komen staat bovenaan; wie is aangewezen, blijft aangewezen."""
        self._vandaag = beeld.vandaag
        self._namen = {product.code: product.naam for product in beeld.inrichting.producten}
        self._kaarten = {kaart.wachtende.id: kaart for kaart in beeld.kaarten}
        open_ = [w for w in beeld.wachtend if w.toestand in ("wacht", "aangeboden")]
        open_.sort(key=lambda w: (w.id not in self._kaarten, w.tot, w.sinds))
        nu = self._current
        kies = next((i for i, w in enumerate(open_) if nu is not None and w.id == nu.id), 0 if open_ else -1)
        self.lijst.set_rijen([self._rij(w) for w in open_], kies=kies)
        aantal = len(self._kaarten)
        self.zin.set_rol("gedempt")
        if not open_:
            self.zin.setText("Er staat niemand op de wachtlijst.")
        elif aantal:
            self.zin.setText(f"{aantal} van de {len(open_)} kan nu eerder komen. Bel die op.")
        else:
            self.zin.setText(f"{len(open_)} op de lijst. Er is nu voor niemand eerder tijd.")
        self._show_kaart()

    def show_uitkomst(self, uitkomst: object) -> None:
        """Na aanbieden: de tijd staat twintig minuten vast terwijl u belt."""
        nu = self._current
        if isinstance(uitkomst, Vastgehouden) and nu is not None:
            self._aanbod = (nu.id, uitkomst)
        else:
            self._aanbod = None

    # --- intern ---------------------------------------------------------------------------------------------

    @property
    def _current(self) -> Wachtende | None:
        rij = self.lijst.gekozen_rij
        return rij.waarde if rij is not None and isinstance(rij.waarde, Wachtende) else None

    def _rij(self, wachtende: Wachtende) -> Rij:
        kaart = self._kaarten.get(wachtende.id)
        tot = f"tot en met {taal.datum_kort(wachtende.tot, self._vandaag)}"
        stand = "kan nu" if kaart else "aangeboden" if wachtende.toestand == "aangeboden" else ""
        return Rij(wachtende.naam, f"{self._wat(wachtende)} · {tot}", stand, waarde=wachtende)

    def _wat(self, wachtende: Wachtende) -> str:
        return "; ".join(
            woorden.regel_tekst(self._namen.get(code, code), aantal) for code, aantal in wachtende.producten
        )

    def _drop(self) -> None:
        for deel in self._delen:
            deel.hide()
            self._kolom.removeWidget(deel)
            deel.deleteLater()
        self._delen = []

    def _add(self, *delen: QWidget) -> None:
        for deel in delen:
            self._kolom.insertWidget(len(self._delen), deel)
            self._delen.append(deel)

    def _show_kaart(self) -> None:
        wachtende = self._current
        self._drop()
        if wachtende is None:
            return
        nummer = lees_telefoon(wachtende.telefoon) if wachtende.telefoon else None
        self._add(
            Tekst(wachtende.naam, rol="kop1"),
            Tekst(self._wat(wachtende)),
            Tekst(toon_telefoon(nummer) if nummer else wachtende.telefoon or wachtende.email, rol="nadruk"),
        )
        kaart = self._kaarten.get(wachtende.id)
        if self._aanbod is not None and self._aanbod[0] == wachtende.id:
            self._show_aanbod(wachtende, self._aanbod[1])
        elif kaart is not None:
            self._show_starts(kaart)
        else:
            self._add(Tekst("Er is nu geen eerdere tijd.", rol="gedempt"))
        weg = Knop("Van de lijst halen", lambda: self._close(wachtende, "verlopen", ""), soort="stil")
        self._add(weg)

    def _show_starts(self, kaart: Belkaart) -> None:
        if kaart.afspraak is not None:
            nu = woorden.moment_kort(kaart.afspraak.begin, self._vandaag)
            self._add(Tekst(f"Heeft nu: {nu}.", rol="gedempt"))
        self._add(Tekst("Bied een tijd aan", rol="kop2"))
        rij = QWidget()
        vloei = Vloei(rij, tussen=2 * Thema.afstand)
        for start in kaart.starts:
            vloei.addWidget(self._build_start(kaart, start))
        self._add(rij)

    def _build_start(self, kaart: Belkaart, start: VrijeStart) -> Knop:
        def offer(agenda: Agenda, verzoek: str) -> Vastgehouden:
            return agenda.wachtlijst.offer(kaart, start, verzoek_id=verzoek)

        bedoeling = ("bied", kaart.wachtende.id, kaart.wachtende.versie, start.begin)
        return Knop(
            woorden.moment_kort(start.begin, self._vandaag), lambda: self.doen.emit(bedoeling, offer, "")
        )

    def _show_aanbod(self, wachtende: Wachtende, houd: Vastgehouden) -> None:
        begin = houd.reservering.begin
        dag = taal.datum_lang(taal.dag_van(begin), self._vandaag)
        self._add(
            Tekst(f"Vastgezet tot {taal.tijd(houd.reservering.verloopt)}.", rol="goed"),
            Tekst("Zeg dit", rol="kop2"),
            Tekst(f"“U kunt eerder terecht: {dag} om {say_time(begin)}. Wilt u die tijd?”", rol="nadruk"),
        )
        rij = QWidget()
        vloei = Vloei(rij, tussen=2 * Thema.afstand)
        vloei.addWidget(Knop("Ja, neemt de tijd", lambda: self._take(wachtende, houd), soort="hoofd"))
        vloei.addWidget(Knop("Nee, of niet bereikt", lambda: self._refuse(wachtende, houd), soort="groot"))
        self._add(rij)

    def _take(self, wachtende: Wachtende, houd: Vastgehouden) -> None:
        klant = Contactgegevens(wachtende.naam, wachtende.telefoon, wachtende.email)

        def take(agenda: Agenda, verzoek: str) -> object:
            gemaakt = agenda.afspraken.confirm(houd.reservering.id, Boekgegevens(klant), verzoek_id=verzoek)
            _set_toestand(agenda, wachtende.id, "geboekt")
            return gemaakt

        wanneer = woorden.moment_kort(houd.reservering.begin, self._vandaag)
        self.doen.emit(("neemt", houd.reservering.id), take, f"{wachtende.naam} komt op {wanneer}.")

    def _refuse(self, wachtende: Wachtende, houd: Vastgehouden) -> None:
        def refuse(agenda: Agenda, _: str) -> object:
            agenda.afspraken.release(houd.reservering.id)
            _set_toestand(agenda, wachtende.id, "wacht")
            return None

        zin = f"De tijd is weer vrij. {wachtende.naam} staat nog op de lijst."
        self.doen.emit(("weigert", houd.reservering.id), refuse, zin)

    def _close(self, wachtende: Wachtende, toestand: str, zin: str) -> None:
        def close(agenda: Agenda, _: str) -> object:
            _set_toestand(agenda, wachtende.id, toestand)
            return None

        self.doen.emit(
            ("sluit", wachtende.id, wachtende.versie), close, zin or f"{wachtende.naam} is van de lijst."
        )

    def _focus_kaart(self) -> None:
        for deel in self._delen:
            for knop in [deel, *deel.findChildren(Knop)]:
                if isinstance(knop, Knop):
                    knop.setFocus()
                    return


def _set_toestand(agenda: Agenda, id_: str, toestand: str) -> None:
    """Met de versie van nu: het aanbieden zelf heeft die al verhoogd."""
    for wachtende in agenda.wachtlijst.load():
        if wachtende.id == id_:
            agenda.wachtlijst.set_toestand(wachtende, toestand)

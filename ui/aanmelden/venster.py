"""Het aanmelden in het venster: toont het scherm, vraagt na of de code klopt, en verstuurt intussen door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.ports import Klok
    from frontoffice.services.aanmelden import Aanmelddienst, Toegang
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.logboekversturen import Logboekverslag
    from ui.aanmelden.scherm import Aanmeldscherm

_VERSTUUR_MS = 15_000


class Aanmeldbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def aanmelden(self) -> Aanmelddienst | None: ...

    @property
    def onderhoud(self) -> Contactdiensten: ...

    @property
    def klok(self) -> Klok: ...

    def voor(self, identificatie: str) -> object: ...

    def send_logboek(self, stop: Stop) -> Logboekverslag: ...


class Aanmelden(QObject):
    """`aangemeld` draagt de diensten van wie er nu werkt."""

    aangemeld = Signal(object)

    def __init__(
        self, midden: QStackedWidget, thema: Thema, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._midden, self._thema, self._achtergrond = midden, thema, achtergrond
        self._bron: Aanmeldbron | None = None
        self._stop = Stop()
        self._scherm: Aanmeldscherm | None = None
        self._wekker = QTimer(self)
        self._wekker.setInterval(_VERSTUUR_MS)
        self._wekker.timeout.connect(self._send_wachtend)

    @property
    def scherm(self) -> Aanmeldscherm | None:
        """Het scherm, zolang er niemand is aangemeld."""
        return self._scherm

    def open(self, bron: Aanmeldbron) -> None:
        """Vraag wie er werkt. Wat klaarstaat om te versturen, gaat door; van de eigenaar zelf."""
        from ui.aanmelden.scherm import Aanmeldscherm

        assert bron.aanmelden is not None
        self._bron, self._stop = bron, Stop()
        if self._scherm is None:
            self._scherm = Aanmeldscherm(self._thema)
            self._scherm.gekozen.connect(self._ask_toegang)
            self._scherm.code_gegeven.connect(lambda wie, code: self._try(wie, code, eerste=False))
            self._scherm.code_gekozen.connect(lambda wie, code: self._try(wie, code, eerste=True))
            self._midden.addWidget(self._scherm)
        self._scherm.set_mensen(bron.aanmelden.medewerkers)
        self._midden.setCurrentWidget(self._scherm)
        self._scherm.ask_naam()
        self._wekker.start()

    def close(self) -> None:
        """Er is iemand, of het venster sluit."""
        self._stop.set()
        self._wekker.stop()
        if self._scherm is not None:
            self._scherm.clear()

    # --- intern --------------------------------------------------------------------------------------------

    def _ask_toegang(self, wie: str) -> None:
        bron, scherm = self._bron, self._scherm
        if bron is None or scherm is None:
            return
        dienst, vandaag = bron.aanmelden, bron.klok.vandaag()
        assert dienst is not None

        def show(toegang: Toegang) -> None:
            from frontoffice.domain.taal import datum_kort, lokaal

            zin = ""
            if toegang.laatst is not None:
                om = lokaal(toegang.laatst)
                dag = "vandaag" if om.date() == vandaag else datum_kort(om.date(), vandaag)
                zin = f"U begon hier het laatst {dag} om {om:%H.%M} uur."
            scherm.ask_code(eerste=toegang.is_eerste_keer, laatst=zin)

        self._achtergrond.start(
            lambda _: dienst.load_toegang(wie),
            show,
            lambda fout: scherm.show_stand(f"Aanmelden lukt nu niet. {fout.uitleg}", fout=True),
            self._stop,
        )

    def _try(self, wie: str, code: str, *, eerste: bool) -> None:
        bron, scherm = self._bron, self._scherm
        if bron is None or scherm is None:
            return
        dienst = bron.aanmelden
        assert dienst is not None

        def werk(_: Stop) -> object:
            gevonden = (dienst.choose_code if eerste else dienst.sign_in)(wie, code)
            return bron.voor(gevonden.identificatie)

        self._achtergrond.start(werk, self._begin, lambda fout: scherm.show_fout(fout.uitleg), self._stop)

    def _begin(self, diensten: object) -> None:
        self.close()
        self.aangemeld.emit(diensten)

    def _send_wachtend(self) -> None:
        bron = self._bron
        if bron is None:
            return

        def werk(stop: Stop) -> None:
            bron.onderhoud.verzenden.send(stop)
            bron.send_logboek(stop)

        self._achtergrond.start(werk, _niets, self._not_sent, self._stop)

    def _not_sent(self, _fout: KifFout) -> None:
        """De volgende ronde probeert het weer; wie zich aanmeldt, hoort zelf wat er mis is."""


def _niets(_: object) -> None:
    """Er hoeft niets te gebeuren."""

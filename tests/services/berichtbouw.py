"""Een werkplek die berichten verstuurt: naar een server in de vorm van Notify, en een echte mailserver."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from frontoffice.berichtpoort import Berichtenkanaal
from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.central.notify import Notify
from frontoffice.central.post import Mailserver as Instelling
from frontoffice.central.post import Post
from frontoffice.demo.notify import SJABLOON_MAIL, SJABLOON_SMS, SLEUTEL
from frontoffice.demo.server import DemoServer
from frontoffice.domain.bericht import Berichtkanaal, Berichtopdracht
from frontoffice.ports import Stop
from frontoffice.services.berichtbord import Berichtbord
from frontoffice.services.berichten import Berichtendienst, Berichtinstellingen, Berichtstand
from frontoffice.services.berichtteksten import Berichtteksten
from frontoffice.services.berichtverzenden import Berichtloper
from frontoffice.services.taakwijzigen import Taakschrijver
from frontoffice.services.verzenden import Tempo, Verzenddienst, Verzendverslag
from frontoffice.uitvoeren import Uitvoerder
from tests.central.mailserver import Mailserver
from tests.nep import NepKlok
from tests.nep_registratie import NepRegister, NepWinkel
from tests.nep_taken import NepTaken

MAANDAG = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Wereld:
    """Een werkplek: sms gaat via Notify, e-mail via de mailserver of ook via Notify."""

    def __init__(
        self,
        centrale: DemoServer,
        mailserver: Mailserver,
        uitvoerder: Uitvoerder,
        register: NepRegister | None = None,
        bord: Berichtbord | None = None,
    ) -> None:
        """`register`: dat van een collega, dan werken er twee aan hetzelfde. `bord`: dat van hun agenda."""
        self.bord = bord
        self.centrale, self.mailserver = centrale, mailserver
        if register is None:
            centrale.notify.berichten.clear()
        self.klok = NepKlok(MAANDAG, MAANDAG.date())
        self.winkel = NepWinkel(self.klok)
        self.register = register or NepRegister()
        self.taken = NepTaken(self.register)
        self.weggegaan: list[Berichtopdracht] = []
        self.lijnen = Lijnen()
        self.geheim = SLEUTEL
        self.tijd = 0.0
        self.mail_via_notify = False
        self.notify = self._make_notify()
        self.post = Post(
            Instelling(
                "127.0.0.1", mailserver.poort, "noreply@losser.example", "Losser", "geen", verbinden=1.0
            ),
            self.klok,
        )
        eigen = Berichtinstellingen(
            "s.bos", "S. Bos", "Gemeente Losser", frozenset(Berichtkanaal), bellen="053 000 00 00"
        )
        self.berichten = Berichtendienst(
            self.winkel, self.klok, eigen, Berichtteksten(), lambda dag: (dag.month, dag.day) == (12, 25)
        )
        self.loper = Berichtloper(
            self.winkel,
            self.klok,
            self.berichten,
            self._kanaal,
            lambda: self.tijd,
            opzoeken=self.taken.find_berichten,
            note=self.weggegaan.append,
            open_bord=lambda: self.bord,
        )
        self.verzenden = Verzenddienst(
            self.winkel,
            self.register,
            self.klok,
            uitvoerder,
            houder="venster",
            per_seconde=10_000,
            toeval=random.Random(1),
            make_lopers=lambda _: {"bericht": self.loper},
            make_taakschrijver=self._make_schrijver,
        )

    def _make_schrijver(self, tempo: Tempo) -> Taakschrijver:
        return Taakschrijver(self.taken, tempo, rust=0.0)

    def _make_notify(self) -> Notify:
        instelling = RegisterInstelling(
            "berichten", f"{self.centrale.basis}/notify", "notify", lambda: self.geheim
        )
        sjablonen = {Berichtkanaal.MAIL: SJABLOON_MAIL, Berichtkanaal.SMS: SJABLOON_SMS}
        return Notify(Verbinding(instelling, self.lijnen), sjablonen)

    def _kanaal(self, kanaal: Berichtkanaal) -> Berichtenkanaal:
        return self.notify if kanaal is Berichtkanaal.SMS or self.mail_via_notify else self.post

    def close(self) -> None:
        self.post.close()
        self.lijnen.close()
        self.centrale.storing("notify")

    def send(self, **verder: float) -> Verzendverslag:
        self.klok.zet_vooruit(**(verder or {"seconds": 1}))
        self.tijd += 60
        return self.verzenden.send(Stop())

    def restart(self) -> None:
        """Het programma stopte midden in het versturen: de lease verloopt."""
        self.klok.zet_vooruit(minutes=5)

    @property
    def stand(self) -> Berichtstand:
        (stand,) = self.berichten.load()
        return stand

    @property
    def bij_notify(self) -> int:
        return len(self.centrale.notify.berichten)

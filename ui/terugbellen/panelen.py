"""De formulieren onder een verzoek: gesproken, klaar, doorgeven en een nummer tonen. Bewaren niets zelf.

Enter bewaart, Esc sluit. Wat niet klopt, staat als zin bij zijn veld.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from frontoffice.domain.concept import Afdeling
from ui.afspraak.datums import read_voorbij
from ui.paneel import Paneel


class Gesprekpaneel(Paneel):
    """Er is gesproken, en de klant weet nog niet alles: een korte notitie."""

    def __init__(self) -> None:
        super().__init__("Gesproken", "Gesprek bewaren")
        self.notitie = self.velden.rij("Wat is er gezegd", QLineEdit())
        self.notitie.setPlaceholderText("Een zin is genoeg.")

    def begin(self, notitie: str) -> None:
        self.show_fout("")
        self.notitie.setText(" ".join(notitie.split()))
        self.notitie.setFocus(Qt.FocusReason.ShortcutFocusReason)


class Klaarpaneel(Paneel):
    """Klaar: hoe en wanneer de klant het hoorde. Zonder dat gaat een belofte niet dicht."""

    def __init__(self) -> None:
        super().__init__("Klaar: zo weet de klant het", "Verzoek afsluiten")
        self.via = self.velden.rij("Verteld via", QComboBox())
        self.op = self.velden.rij("Verteld op", QLineEdit())
        self.notitie = self.velden.rij("Wat is er gezegd", QLineEdit())
        self.notitie.setPlaceholderText("Mag leeg blijven.")
        self._vandaag = date(2000, 1, 1)

    def begin(self, kanalen: Sequence[str], kanaal: str, vandaag: date, notitie: str) -> None:
        """`kanaal` staat voor; de rest is te kiezen."""
        self.show_fout("")
        self.velden.fout(self.op, "")
        self._vandaag = vandaag
        self.via.clear()
        self.via.addItems(list(kanalen))
        self.via.setCurrentText(kanaal)
        self.op.setText(f"{vandaag:%d-%m-%Y}")
        self.notitie.setText(" ".join(notitie.split()))
        self.via.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read_op(self) -> date | None:
        """De dag waarop het is verteld; None als die niet te lezen is (dan staat er een zin bij)."""
        dag = read_voorbij(self.op.text(), self._vandaag)
        zin = "" if dag is not None else "Typ een dag die al is geweest, zoals 24-11-2026."
        self.velden.fout(self.op, zin)
        return dag


class Doorgeefpaneel(Paneel):
    """Aan wie, en waarom."""

    def __init__(self) -> None:
        super().__init__("Doorgeven", "Verzoek doorgeven")
        self._afdelingen: tuple[Afdeling, ...] = ()
        self.aan = self.velden.rij("Aan wie", QComboBox())
        self.aan.setEditable(True)
        self.aan.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.aan.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.aan.setMinimumContentsLength(12)
        regel = self.aan.lineEdit()
        assert regel is not None
        regel.setPlaceholderText("Afdeling, groep of collega")
        regel.setAccessibleName("Aan wie doorgeven")
        self.reden = self.velden.rij("Waarom", QLineEdit())

    def begin(self) -> None:
        self.show_fout("")
        self.velden.fout(self.aan, "")
        self.velden.fout(self.reden, "")
        self.aan.setEditText("")
        self.reden.clear()
        self.aan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_afdelingen(self, afdelingen: Sequence[Afdeling]) -> None:
        """Wie er te kiezen is; wat al is getypt, blijft staan."""
        self._afdelingen = tuple(afdelingen)
        tekst = self.aan.currentText()
        namen = [_naam(afdeling) for afdeling in afdelingen]
        self.aan.clear()
        self.aan.addItems(namen)
        self.aan.setCurrentIndex(-1)
        self.aan.setEditText(tekst)
        aanvuller = QCompleter(QStringListModel(namen, self), self)
        aanvuller.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        aanvuller.setFilterMode(Qt.MatchFlag.MatchContains)
        self.aan.setCompleter(aanvuller)

    def read(self) -> tuple[Afdeling, str] | None:
        """Aan wie en waarom; None als er iets mist (dan staat er een zin bij)."""
        afdeling, reden = self._find(), self.reden.text().strip()
        self.velden.fout(self.aan, "" if afdeling else "Kies iemand uit de lijst.")
        self.velden.fout(self.reden, "" if reden else "Schrijf op waarom u dit doorgeeft.")
        if afdeling is None:
            self.aan.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not reden:
            self.reden.setFocus(Qt.FocusReason.OtherFocusReason)
        return (afdeling, reden) if afdeling is not None and reden else None

    def _find(self) -> Afdeling | None:
        """De enige die zo heet; liever precies dan ongeveer."""
        tekst = self.aan.currentText().strip().casefold()
        if not tekst:
            return None
        namen = [(_naam(afdeling).casefold(), afdeling) for afdeling in self._afdelingen]
        passend = [a for naam, a in namen if naam == tekst] or [a for naam, a in namen if tekst in naam]
        return passend[0] if len(passend) == 1 else None


class Redenpaneel(Paneel):
    """Waarom een geheim nummer of een vertrouwelijke tekst nodig is; dat komt in het logboek."""

    def __init__(self) -> None:
        super().__init__("Tonen", "Tonen en vastleggen")
        self.reden = self.velden.rij("Waarom", QLineEdit(), "Dit wordt vastgelegd.")

    def begin(self) -> None:
        self.show_fout("")
        self.velden.fout(self.reden, "")
        self.reden.clear()
        self.reden.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read(self) -> str:
        """De reden; leeg als die mist (dan staat er een zin bij)."""
        reden = self.reden.text().strip()
        self.velden.fout(self.reden, "" if reden else "Schrijf op waarom u dit nodig hebt.")
        return reden


def _naam(afdeling: Afdeling) -> str:
    return f"{afdeling.naam} ({afdeling.organisatie})" if afdeling.organisatie else afdeling.naam

"""De werklijst als tabelmodel: één rij per verzoek, met wie er te bellen is zodra dat bekend is.

Haalt niets op. Een rij die nog onderweg is blijft staan, ook als het register haar niet meer noemt.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from frontoffice.domain.registratie import Toestand, Verzending
from frontoffice.domain.taal import datum_kort
from frontoffice.domain.terugbellen import Beller, Terugbelrij
from frontoffice.services.vandaag import Dringend, zeg_dringend, zeg_merk, zeg_wanneer
from ui.beheer.tabel import KLEUR, Index
from ui.contact import woorden
from ui.tekst import letterlijk, tooltip_tekst

KOLOMMEN = ("Beloofd", "Klant", "Nummer", "Vraag", "Geprobeerd", "Ligt bij")
BELOOFD, KLANT, NUMMER, VRAAG, GEPROBEERD, BIJ = range(len(KOLOMMEN))
LADEN = "Laden…"
_DICHTBIJ = ("vandaag", "morgen")
_KLEUREN = {Dringend.TE_LAAT: "gevaar", Dringend.VANDAAG: "let_op"}


class TerugbelModel(QAbstractTableModel):
    """`set_rijen` vervangt de lijst en houdt wat al van een beller bekend was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rijen: list[Terugbelrij] = []
        self._plaats: dict[str, int] = {}
        self._fouten: dict[str, str] = {}
        self._onderweg: dict[str, Verzending] = {}
        self._waarschuwing: dict[str, str] = {}
        self._vandaag = date(2000, 1, 1)

    # --- wat Qt vraagt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - zo roept Qt het aan
        return 0 if parent.isValid() else len(self._rijen)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - idem
        return 0 if parent.isValid() else len(KOLOMMEN)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return KOLOMMEN[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rijen):
            return None
        rij, kolom = self._rijen[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cel(rij, kolom)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._cel(rij, kolom) or "leeg"
        if role == KLEUR:
            return self._kleur(rij, kolom)
        if role == Qt.ItemDataRole.FontRole:
            return "nadruk" if kolom == KLANT else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst(self._cel(rij, kolom))
        return None

    # --- vragen -------------------------------------------------------------------------------------------

    @property
    def rijen(self) -> tuple[Terugbelrij, ...]:
        return tuple(self._rijen)

    def rij(self, nummer: int) -> Terugbelrij | None:
        return self._rijen[nummer] if 0 <= nummer < len(self._rijen) else None

    def get(self, uuid: str) -> Terugbelrij | None:
        return self.rij(self.find(uuid))

    def find(self, uuid: str) -> int:
        """De plaats van dit verzoek; -1 als het er niet staat."""
        return self._plaats.get(uuid, -1)

    def onderweg(self, uuid: str) -> Verzending | None:
        return self._onderweg.get(uuid)

    def fout(self, uuid: str) -> str:
        """Waarom niet bekend is wie er te bellen is; leeg als dat niet is geprobeerd of gelukt is."""
        return self._fouten.get(uuid, "")

    def waarschuwing(self, uuid: str) -> str:
        return self._waarschuwing.get(uuid, "")

    def zonder_beller(self, van: int, tot: int) -> tuple[Terugbelrij, ...]:
        """De rijen van `van` tot en met `tot` waarvan nog niet is gevraagd wie er te bellen is."""
        return tuple(
            rij
            for rij in self._rijen[max(van, 0) : tot + 1]
            if rij.beller is None and rij.uuid not in self._fouten
        )

    # --- veranderen ---------------------------------------------------------------------------------------

    def set_rijen(self, rijen: Iterable[Terugbelrij], vandaag: date) -> None:
        """De lijst zoals zij nu is. Wie te bellen is, blijft bekend; wat onderweg is, blijft staan."""
        bellers = {rij.uuid: rij.beller for rij in self._rijen if rij.beller is not None}
        nieuw = [
            rij.met(beller) if rij.beller is None and (beller := bellers.get(rij.uuid)) is not None else rij
            for rij in rijen
        ]
        er_zijn = {rij.uuid for rij in nieuw}
        blijft = [rij for rij in self._rijen if rij.uuid in self._onderweg and rij.uuid not in er_zijn]
        nieuw = [*blijft, *nieuw]
        self._vandaag = vandaag
        if nieuw == self._rijen:
            return
        self.beginResetModel()
        self._rijen = nieuw
        self._plaats = {rij.uuid: n for n, rij in enumerate(nieuw)}
        self._fouten = {uuid: zin for uuid, zin in self._fouten.items() if uuid in self._plaats}
        self.endResetModel()

    def set_beller(self, uuid: str, beller: Beller | str) -> None:
        """Wie er te bellen is, of een zin waarom dat niet bekend is."""
        plaats = self.find(uuid)
        if plaats < 0:
            return
        if isinstance(beller, str):
            self._fouten[uuid] = beller
        else:
            self._fouten.pop(uuid, None)
            self._rijen[plaats] = self._rijen[plaats].met(beller)
        self._changed(plaats)

    def forget_fouten(self) -> None:
        """Opnieuw: vraag ook wat eerder niet lukte."""
        self._fouten.clear()

    def set_onderweg(self, onderweg: dict[str, Verzending]) -> None:
        """Wat nog niet in het register staat, per verzoek."""
        anders = {u for u in {*onderweg, *self._onderweg} if onderweg.get(u) != self._onderweg.get(u)}
        self._onderweg = dict(onderweg)
        for uuid in anders:
            if (plaats := self.find(uuid)) >= 0:
                self._changed(plaats)

    def set_waarschuwingen(self, zinnen: dict[str, str]) -> None:
        self._waarschuwing = dict(zinnen)

    def _changed(self, plaats: int) -> None:
        self.dataChanged.emit(self.index(plaats, 0), self.index(plaats, len(KOLOMMEN) - 1))

    # --- in woorden ---------------------------------------------------------------------------------------

    def _cel(self, rij: Terugbelrij, kolom: int) -> str:
        beller = rij.beller
        if kolom == BELOOFD:
            return self._zeg_beloofd(rij)
        if kolom == GEPROBEERD:
            return zeg_pogingen(rij)
        if kolom == BIJ:
            return letterlijk(", ".join(rij.aan), 200, een_regel=True)
        if beller is None:
            return "Niet geladen" if rij.uuid in self._fouten else LADEN if kolom == KLANT else ""
        if kolom == KLANT:
            return letterlijk(beller.naam, 200, een_regel=True)
        if kolom == NUMMER:
            return zeg_nummer(beller)
        return zeg_vraag(beller)

    def _zeg_beloofd(self, rij: Terugbelrij) -> str:
        onderweg = self._onderweg.get(rij.uuid)
        if onderweg is not None:
            return woorden.TOESTANDEN[onderweg.toestand]
        dringend, laat = zeg_dringend(rij.taak.tekst, self._vandaag)
        datums = rij.datums
        if datums is None and rij.norm is not None:
            return f"geen dag, norm {datum_kort(rij.norm, self._vandaag)}"
        if datums is None:
            return "geen dag beloofd"
        if laat > 1:
            return f"{zeg_merk(dringend, laat)} ({datum_kort(datums.beloofd, self._vandaag)})"
        if laat == 1:
            return zeg_wanneer(rij.taak.tekst, self._vandaag)
        # Boven de kolom staat al Beloofd; de dag zelf moet leesbaar blijven.
        over = (datums.beloofd - self._vandaag).days
        dag = _DICHTBIJ[over] if over < len(_DICHTBIJ) else datum_kort(datums.beloofd, self._vandaag)
        return f"uiterlijk {dag}"

    def _kleur(self, rij: Terugbelrij, kolom: int) -> str | None:
        if kolom == BELOOFD:
            onderweg = self._onderweg.get(rij.uuid)
            if onderweg is not None:
                return "gevaar" if onderweg.toestand is Toestand.ACTIE_NODIG else "tekst_zacht"
            return _KLEUREN.get(zeg_dringend(rij.taak.tekst, self._vandaag)[0])
        return None if kolom == KLANT and rij.beller is not None else "tekst_zacht"


def zeg_pogingen(rij: Terugbelrij) -> str:
    """ "2 keer niet bereikt"; met hoe vaak de klant zelf opnieuw belde."""
    delen = []
    if rij.pogingen:
        delen.append(f"{rij.pogingen} keer niet bereikt")
    if rij.herhalingen:
        delen.append(f"klant belde {rij.herhalingen} keer opnieuw")
    return ", ".join(delen) or "nog niet"


def zeg_nummer(beller: Beller) -> str:
    """Het nummer om te bellen, of waarom het er niet staat."""
    if beller.telefoon:
        return letterlijk(toon_nummer(beller.telefoon[0]), 40, een_regel=True)
    return "Geheim nummer" if beller.geheim else "Geen nummer bekend"


def zeg_vraag(beller: Beller) -> str:
    if beller.dicht:
        return "Vertrouwelijk"
    return letterlijk(beller.vraag or beller.onderwerp, 300, een_regel=True)


@lru_cache(maxsize=4096)
def toon_nummer(nummer: str) -> str:
    """Zoals men het voorleest: "06 12 34 56 78". Wat niet te lezen is, blijft zoals het is."""
    from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon

    gelezen = lees_telefoon(nummer)
    return toon_telefoon(gelezen) if gelezen is not None else nummer

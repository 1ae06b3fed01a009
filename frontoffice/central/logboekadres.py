"""Het adres waar een gemeente het logboek van alle werkplekken verzamelt: één POST per reeks regels.

Het lijf is {"regels": [...]}, elke regel zoals `kif audit export` haar schrijft. Elk antwoord 2xx betekent
dat de hele reeks er staat; de ontvanger herkent een regel die hij al heeft aan haar uuid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frontoffice.central.http import Lijnen, Verbinding, Vraag
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.ports import Aanroep


class Logboekadres:
    """Ontvanger van logregels. Raises RegisterFout, Geannuleerd of GeheimFout; ProfielFout bij het maken."""

    def __init__(self, instelling: RegisterInstelling) -> None:
        self._lijnen = Lijnen()
        self._verbinding = Verbinding(instelling, self._lijnen)

    def receive(self, regels: Sequence[Mapping[str, object]], aanroep: Aanroep) -> None:
        """Breng één reeks weg. Een ander antwoord dan 2xx is een fout; dan gaat de reeks later nog eens."""
        self._verbinding.fetch(Vraag("POST", "", lijf={"regels": list(regels)}), aanroep)

    def close(self) -> None:
        self._lijnen.close()

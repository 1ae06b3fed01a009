"""Een eigen werkplek in een eigen proces: een echte winkel, de gedeelde agenda, en één ronde herinneringen.

Begint op een teken op de invoer en schrijft hoeveel herinneringen er in haar winkel staan. Te starten als
module met het adres van de agenda, de map van de winkel en de naam van de medewerker.
"""

from __future__ import annotations

import sys
from pathlib import Path

from frontoffice.agendapoort import AgendaFout, Wie
from frontoffice.domain.bericht import Berichtkanaal, Berichtopdracht, Berichtsoort
from frontoffice.services.afspraakberichten import Afspraakberichten
from frontoffice.services.agenda import make_agendadiensten
from frontoffice.services.berichten import Berichtendienst, Berichtinstellingen
from frontoffice.services.berichtteksten import Berichtteksten
from frontoffice.services.herinneringen import Herinneringen
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from tests.storage.bouwwinkel import Klok, open_winkel


def main(poort: str, naam: str, map_: str, medewerker: str) -> None:
    opslag = AgendaDatabase(PostgresInstelling("127.0.0.1", naam, "kif", int(poort), None, "prefer"))
    wie = Wie(medewerker, f"pc-{medewerker}")
    agenda = make_agendadiensten(opslag, wie)
    winkel = open_winkel(Path(map_) / "winkel.db")
    instellingen = Berichtinstellingen(medewerker, medewerker, "Losser", frozenset(Berichtkanaal))
    klok = Klok(opslag.nu())
    dienst = Berichtendienst(winkel, klok, instellingen, Berichtteksten(), lambda _: False)
    ronde = Herinneringen(opslag, wie, Afspraakberichten(dienst, agenda.vrij.load))
    print("klaar", flush=True)
    for _ in sys.stdin:
        try:
            gedaan = ronde.run()
        except AgendaFout as fout:
            print("fout", fout.code, flush=True)
            continue
        rijen = [
            rij.opdracht for rij in winkel.load_verzendingen() if isinstance(rij.opdracht, Berichtopdracht)
        ]
        aantal = sum(opdracht.wat is Berichtsoort.HERINNERING for opdracht in rijen)
        print(int(gedaan.lease), gedaan.klaargezet, aantal, flush=True)
    opslag.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""De tabellen van de agenda. Tijden van afspraken zijn tikken van vijf minuten (frontoffice.agenda.tijd).

Alleen de vorm: lezen en schrijven staat in `agenda` en `transactie`, het maken in `migraties/agenda`. Een
test bewaakt dat de migraties precies dit opleveren.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, Index, Integer, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from frontoffice.storage.kolommen import Moment, Tekst, Zoektekst

NAMEN = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
# SQLite nummert alleen een kolom die daar INTEGER heet.
_VOLGNUMMER = BigInteger().with_variant(Integer, "sqlite")


class Basis(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMEN)


class KenmerkRij(Basis):
    """Eén rij over de hele agenda. Alleen een proefagenda mag een klok hebben die verschoven is (ms).

    `klantgeheim`: 32 bytes hexadecimaal, voor de klantsleutels van deze agenda. `klantmerk`: waaraan te zien
    is met welk tweede deel uit de sleutelbos; leeg = zonder.
    """

    __tablename__ = "kenmerk"
    __table_args__ = (
        CheckConstraint("id = 1", name="een_rij"),
        CheckConstraint("verschuiving = 0 OR soort = 'proef'", name="alleen_proef_verschuift"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    soort: Mapped[str] = mapped_column(Tekst)
    verschuiving: Mapped[int] = mapped_column(BigInteger)
    inrichting_versie: Mapped[int] = mapped_column(Integer)
    klantgeheim: Mapped[str] = mapped_column(Tekst)
    klantmerk: Mapped[str] = mapped_column(Tekst, server_default="")


class OnderdeelRij(Basis):
    """Een deel van de inrichting; `soort` is een veld van `Inrichting`, `inhoud` JSON."""

    __tablename__ = "onderdeel"
    soort: Mapped[str] = mapped_column(Tekst, primary_key=True)
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    datum: Mapped[date | None] = mapped_column(Date)
    volgorde: Mapped[int] = mapped_column(Integer)
    inhoud: Mapped[str] = mapped_column(Tekst)
    versie: Mapped[int] = mapped_column(Integer)
    gewijzigd_door: Mapped[str] = mapped_column(Tekst)
    gewijzigd_op: Mapped[datetime] = mapped_column(Moment)


class AvondRij(Basis):
    """Wat van een avond is vastgelegd; `versie` telt elke wijziging van wat er op die avond staat."""

    __tablename__ = "avond"
    datum: Mapped[date] = mapped_column(Date, primary_key=True)
    versie: Mapped[int] = mapped_column(Integer)
    toestand: Mapped[str] = mapped_column(Tekst)
    notitie: Mapped[str] = mapped_column(Tekst)
    eigenaar: Mapped[str] = mapped_column(Tekst)
    extern_van: Mapped[datetime | None] = mapped_column(Moment)


class AfspraakRij(Basis):
    """Een afspraak. `eind_tik` zonder buffer, `buffer` in minuten."""

    __tablename__ = "afspraak"
    __table_args__ = (CheckConstraint("begin_tik < eind_tik AND buffer >= 0", name="tijd"),)
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    nummer: Mapped[str] = mapped_column(Tekst, unique=True)
    code: Mapped[str] = mapped_column(Tekst, unique=True)
    datum: Mapped[date] = mapped_column(Date, index=True)
    begin_tik: Mapped[int] = mapped_column(Integer)
    eind_tik: Mapped[int] = mapped_column(Integer)
    buffer: Mapped[int] = mapped_column(Integer)
    balie: Mapped[str] = mapped_column(Tekst)
    toestand: Mapped[str] = mapped_column(Tekst)
    regels: Mapped[str] = mapped_column(Tekst)
    eisen: Mapped[str] = mapped_column(Tekst)
    kanaal: Mapped[str] = mapped_column(Tekst)
    naam: Mapped[str] = mapped_column(Tekst)
    telefoon: Mapped[str] = mapped_column(Tekst)
    email: Mapped[str] = mapped_column(Tekst)
    geen_contact: Mapped[bool] = mapped_column(Boolean)
    geboortedatum: Mapped[date | None] = mapped_column(Date)
    klantsleutel: Mapped[str] = mapped_column(Tekst, index=True)
    behoeften: Mapped[str] = mapped_column(Tekst)
    taal: Mapped[str] = mapped_column(Tekst)
    opmerking: Mapped[str] = mapped_column(Tekst)
    vaste_balie: Mapped[bool] = mapped_column(Boolean)
    te_verzetten: Mapped[str] = mapped_column(Tekst)
    versie: Mapped[int] = mapped_column(Integer)
    ics_volgnummer: Mapped[int] = mapped_column(Integer)
    gemaakt_op: Mapped[datetime | None] = mapped_column(Moment)
    vervolg_van: Mapped[str] = mapped_column(Tekst)
    bevestiging: Mapped[str] = mapped_column(Tekst, server_default="")
    brieftaal: Mapped[str] = mapped_column(Tekst, server_default="nl")
    antwoorden: Mapped[str] = mapped_column(Tekst, server_default="{}")


class ZoekwoordRij(Basis):
    """Een woord waarop een afspraak te vinden is, met de datum erbij: zo is de index alleen genoeg."""

    __tablename__ = "zoekwoord"
    __table_args__ = (
        Index("ix_zoekwoord_nummer_woord", "nummer", "woord"),
        {"sqlite_with_rowid": False},
    )
    woord: Mapped[str] = mapped_column(Zoektekst, primary_key=True)
    datum: Mapped[date] = mapped_column(Date, primary_key=True)
    nummer: Mapped[str] = mapped_column(Tekst, primary_key=True)


class NaamwoordRij(Basis):
    """Elk woord uit een naam één keer: een korte lijst om ook midden in een naam te zoeken."""

    __tablename__ = "naamwoord"
    __table_args__ = ({"sqlite_with_rowid": False},)
    woord: Mapped[str] = mapped_column(Zoektekst, primary_key=True)


class ReserveringRij(Basis):
    """Vastgehouden tijd. Een verlopen rij blijft staan om te kunnen hervatten, maar houdt niets meer vast."""

    __tablename__ = "reservering"
    __table_args__ = (CheckConstraint("begin_tik < eind_tik AND buffer >= 0", name="tijd"),)
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    datum: Mapped[date] = mapped_column(Date, index=True)
    begin_tik: Mapped[int] = mapped_column(Integer)
    eind_tik: Mapped[int] = mapped_column(Integer)
    buffer: Mapped[int] = mapped_column(Integer)
    balie: Mapped[str] = mapped_column(Tekst)
    regels: Mapped[str] = mapped_column(Tekst)
    eisen: Mapped[str] = mapped_column(Tekst)
    eigenaar: Mapped[str] = mapped_column(Tekst, index=True)
    kanaal: Mapped[str] = mapped_column(Tekst)
    verloopt: Mapped[datetime] = mapped_column(Moment)
    versie: Mapped[int] = mapped_column(Integer)
    afspraak: Mapped[str] = mapped_column(Tekst)


class ExternRij(Basis):
    """Wat een andere agenda op een avond heeft staan; in zijn geheel vervangen bij elke keer inlezen."""

    __tablename__ = "extern"
    __table_args__ = (CheckConstraint("begin_tik < eind_tik", name="tijd"),)
    datum: Mapped[date] = mapped_column(Date, primary_key=True)
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    begin_tik: Mapped[int] = mapped_column(Integer)
    eind_tik: Mapped[int] = mapped_column(Integer)
    balie: Mapped[str] = mapped_column(Tekst)
    eisen: Mapped[str] = mapped_column(Tekst)
    producten: Mapped[str] = mapped_column(Tekst)
    kanaal: Mapped[str] = mapped_column(Tekst)


class BezettingRij(Basis):
    """Wie een balie op een tik heeft. De sleutel maakt twee tegelijk onmogelijk, wie ook schrijft."""

    __tablename__ = "bezetting"
    __table_args__ = (Index("ix_bezetting_soort_ref", "soort", "ref"),)
    balie: Mapped[str] = mapped_column(Tekst, primary_key=True)
    tik: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    datum: Mapped[date] = mapped_column(Date, index=True)
    soort: Mapped[str] = mapped_column(Tekst)
    ref: Mapped[str] = mapped_column(Tekst)


class GebeurtenisRij(Basis):
    """De geschiedenis. De database weigert wijzigen en verwijderen; alleen een reden mag leeg worden."""

    __tablename__ = "gebeurtenis"
    volgnummer: Mapped[int] = mapped_column(_VOLGNUMMER, primary_key=True)
    op: Mapped[datetime] = mapped_column(Moment)
    medewerker: Mapped[str] = mapped_column(Tekst)
    werkplek: Mapped[str] = mapped_column(Tekst)
    soort: Mapped[str] = mapped_column(Tekst)
    onderwerp: Mapped[str] = mapped_column(Tekst, index=True)
    datum: Mapped[date | None] = mapped_column(Date, index=True)
    voor: Mapped[str] = mapped_column(Tekst)
    na: Mapped[str] = mapped_column(Tekst)
    reden: Mapped[str] = mapped_column(Tekst)


class VerzoekRij(Basis):
    """Het antwoord op een verzoek: hetzelfde verzoek nog eens geeft hetzelfde antwoord."""

    __tablename__ = "verzoek"
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    vingerafdruk: Mapped[str] = mapped_column(Tekst)
    antwoord: Mapped[str] = mapped_column(Tekst)
    op: Mapped[datetime] = mapped_column(Moment)


class NummerreeksRij(Basis):
    """Het laatst gegeven afspraaknummer van een jaar."""

    __tablename__ = "nummerreeks"
    jaar: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    laatste: Mapped[int] = mapped_column(Integer)


class LeaseRij(Basis):
    """Welke werkplek iets voor allen doet, en tot wanneer."""

    __tablename__ = "lease"
    naam: Mapped[str] = mapped_column(Tekst, primary_key=True)
    houder: Mapped[str] = mapped_column(Tekst)
    verloopt: Mapped[datetime] = mapped_column(Moment)


class BerichtRij(Basis):
    """Het berichtenbord (`agenda.berichtbord`): de sleutel maakt twee werkplekken tegelijk onmogelijk."""

    __tablename__ = "bericht"
    sleutel: Mapped[str] = mapped_column(Tekst, primary_key=True)
    keer: Mapped[int] = mapped_column(Integer)
    over: Mapped[str] = mapped_column(Tekst)
    wat: Mapped[str] = mapped_column(Tekst)
    versie: Mapped[str] = mapped_column(Tekst)
    datum: Mapped[date | None] = mapped_column(Date, index=True)
    stand: Mapped[str] = mapped_column(Tekst)
    houder: Mapped[str] = mapped_column(Tekst)
    sinds: Mapped[datetime] = mapped_column(Moment)
    verloopt: Mapped[datetime] = mapped_column(Moment)
    reden: Mapped[str] = mapped_column(Tekst)


class WachtendeRij(Basis):
    """Iemand die eerder wil komen."""

    __tablename__ = "wachtende"
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    sinds: Mapped[datetime] = mapped_column(Moment)
    producten: Mapped[str] = mapped_column(Tekst)
    behoeften: Mapped[str] = mapped_column(Tekst)
    van: Mapped[date] = mapped_column(Date)
    tot: Mapped[date] = mapped_column(Date)
    vroegst: Mapped[str] = mapped_column(Tekst)
    laatst: Mapped[str] = mapped_column(Tekst)
    naam: Mapped[str] = mapped_column(Tekst)
    telefoon: Mapped[str] = mapped_column(Tekst)
    email: Mapped[str] = mapped_column(Tekst)
    afspraak: Mapped[str] = mapped_column(Tekst)
    toestand: Mapped[str] = mapped_column(Tekst, index=True)
    versie: Mapped[int] = mapped_column(Integer)


class BezoekRij(Basis):
    """Wat er vanavond met iemand gebeurt. Van een afspraak staat hier alleen wat de avond erbij doet; wie er
    komt, waarvoor en wanneer blijft in `afspraak`. De tikken zijn de plek van wie zonder afspraak komt."""

    __tablename__ = "bezoek"
    __table_args__ = (
        UniqueConstraint("datum", "volgnummer", name="uq_bezoek_datum_volgnummer"),
        CheckConstraint("begin_tik <= eind_tik", name="tijd"),
    )
    id: Mapped[str] = mapped_column(Tekst, primary_key=True)
    datum: Mapped[date] = mapped_column(Date)
    volgnummer: Mapped[str] = mapped_column(Tekst)
    soort: Mapped[str] = mapped_column(Tekst)
    toestand: Mapped[str] = mapped_column(Tekst)
    naam: Mapped[str] = mapped_column(Tekst)
    regels: Mapped[str] = mapped_column(Tekst)
    eisen: Mapped[str] = mapped_column(Tekst)
    minuten: Mapped[int] = mapped_column(Integer)
    begin_tik: Mapped[int] = mapped_column(Integer)
    eind_tik: Mapped[int] = mapped_column(Integer)
    gepland: Mapped[str] = mapped_column(Tekst)
    balie: Mapped[str] = mapped_column(Tekst)
    voorrang: Mapped[bool] = mapped_column(Boolean)
    te_laat: Mapped[bool] = mapped_column(Boolean)
    behoeften: Mapped[str] = mapped_column(Tekst)
    taal: Mapped[str] = mapped_column(Tekst)
    notitie: Mapped[str] = mapped_column(Tekst)
    aangemeld_op: Mapped[datetime | None] = mapped_column(Moment)
    opgeroepen_op: Mapped[datetime | None] = mapped_column(Moment)
    oproepen: Mapped[int] = mapped_column(Integer)
    begonnen_op: Mapped[datetime | None] = mapped_column(Moment)
    apart_op: Mapped[datetime | None] = mapped_column(Moment)
    apart_omdat: Mapped[str] = mapped_column(Tekst)
    klaar_op: Mapped[datetime | None] = mapped_column(Moment)
    gewerkt: Mapped[int] = mapped_column(Integer)
    uitkomsten: Mapped[str] = mapped_column(Tekst)
    vervolg: Mapped[str] = mapped_column(Tekst)
    versie: Mapped[int] = mapped_column(Integer)


class VolgreeksRij(Basis):
    """Het laatst gegeven volgnummer van een avond; een nummer komt die avond nooit terug."""

    __tablename__ = "volgreeks"
    datum: Mapped[date] = mapped_column(Date, primary_key=True)
    soort: Mapped[str] = mapped_column(Tekst, primary_key=True)
    laatste: Mapped[int] = mapped_column(Integer)

"""[berichten] in het profiel: wat er goed is, en elke fout in gewone taal."""

from __future__ import annotations

from datetime import time

import pytest

from frontoffice.domain.fouten import ProfielFout
from frontoffice.geheimen import needed_geheimen
from frontoffice.profiel.lezen import parse_profiel

BEGIN = """
gemeente = {naam = "Losser", code = "0168", demo = true}
centraal = {basis = "http://127.0.0.1:1"}
"""
NOTIFY = """
[berichten]
mail = "notify"
[berichten.notify]
url = "http://127.0.0.1:2/notify"
sjabloon_mail = "00000000-0000-4000-8000-000000000001"
"""
SMTP = """
[berichten]
mail = "smtp"
[berichten.smtp]
server = "mail.voorbeeld.example"
van = "noreply@voorbeeld.example"
gebruiker = "kif"
"""


def fouten(tekst: str) -> str:
    with pytest.raises(ProfielFout) as gevangen:
        parse_profiel(BEGIN + tekst)
    return "\n".join(gevangen.value.fouten)


def test_zonder_de_tabel_is_er_niets_aangesloten() -> None:
    assert parse_profiel(BEGIN).berichten is None


def test_notify_met_gewone_stiltetijd_en_de_naam_van_de_gemeente() -> None:
    berichten = parse_profiel(BEGIN + NOTIFY).berichten
    assert berichten is not None
    assert (berichten.mail, berichten.sms, berichten.afzender) == ("notify", "", "Gemeente Losser")
    assert (berichten.stil_van, berichten.stil_tot, berichten.stille_dagen) == (time(21), time(8), True)


def test_smtp_vraagt_om_een_geheim_als_er_een_gebruiker_is() -> None:
    profiel = parse_profiel(BEGIN + SMTP)
    assert profiel.berichten is not None
    assert profiel.berichten.smtp is not None
    assert (profiel.berichten.smtp.poort, profiel.berichten.smtp.beveiliging) == (587, "starttls")
    assert "smtp" in needed_geheimen(profiel)
    assert "notify" in needed_geheimen(parse_profiel(BEGIN + NOTIFY))


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ('[berichten]\nsms = "notify"', "berichten.notify.url: ontbreekt"),
        ('[berichten]\nsms = "smtp"', "berichten.sms: dit woord ken ik hier niet"),
        (NOTIFY.replace("0000-4000", "kort"), "schrijf het id van het sjabloon"),
        (NOTIFY.replace("http://127.0.0.1:2", "http://elders.example"), "http://"),
        (SMTP.replace("mail.voorbeeld.example", "smtp://mail"), "zonder smtp://"),
        (SMTP + 'beveiliging = "geen"', "alleen bij een mailserver op deze computer"),
        (SMTP.replace("noreply@voorbeeld.example", "Losser"), "dit is geen e-mailadres"),
        (SMTP + 'wachtwoord = "x"', "een geheim hoort niet in het profiel"),
        ('[berichten]\nstil_van = "negen uur"', "schrijf een tijd tussen aanhalingstekens"),
        ('[berichten]\nsoorten = ["felicitatie"]', '"felicitatie" ken ik niet'),
        ('[berichten.smtp]\nserver = "a"', "wordt niet gebruikt"),
        ('[berichten.teksten.nl.klaar]\nsms = "{bsn}"', "{bsn} ken ik niet"),
        ('[berichten.teksten.nl.klaar]\nsms = "{dag"', "de accolades kloppen niet"),
        ('[berichten.teksten.fr.klaar]\nsms = "x"', "berichten.teksten.fr"),
    ],
)
def test_een_fout_zegt_wat_er_dan_wel_moet_staan(tekst: str, zin: str) -> None:
    assert zin in fouten(tekst)


def test_een_eigen_tekst_mag_meer_regels_hebben() -> None:
    profiel = parse_profiel(BEGIN + '[berichten.teksten.nl.klaar]\nmail = """\nBeste {naam},\n\nKlaar.\n"""')
    assert profiel.berichten is not None
    assert profiel.berichten.teksten["nl", "klaar"]["mail"] == "Beste {naam},\n\nKlaar.\n"

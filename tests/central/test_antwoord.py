"""Van bytes naar waarden: diepte, vreemde tekens, tijden, verwijzingen en wat er van een pad te zien is."""

from __future__ import annotations

import contextlib
import gzip
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.central.antwoord import (
    Ondeugdelijk,
    as_utc,
    check_depth,
    check_uuid,
    mask_path,
    parse,
    read_uuid,
    unpack,
)
from frontoffice.domain.fouten import InvoerFout

UUID = "9b3f2f8d-e237-496a-986e-f33dba268a82"
TEKST = st.text(alphabet=st.sampled_from('[]{}"\\,:a\n'), max_size=8)
JSON = st.recursive(
    st.none() | st.integers() | TEKST,
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(TEKST, kind, max_size=3),
    max_leaves=20,
)


def depth(waarde: Any) -> int:
    if isinstance(waarde, list):
        return 1 + max(map(depth, waarde), default=0)
    if isinstance(waarde, dict):
        return 1 + max(map(depth, waarde.values()), default=0)
    return 0


@given(JSON, st.integers(0, 5))
def test_de_diepte_is_die_van_lijsten_en_objecten_en_nooit_die_van_haken_in_tekst(
    waarde: Any, grens: int
) -> None:
    lijf = json.dumps(waarde).encode()
    if depth(waarde) <= grens:
        check_depth(lijf, grens)
    else:
        with pytest.raises(Ondeugdelijk):
            check_depth(lijf, grens)


@pytest.mark.parametrize("diep", [64, 65, 1000, 100_000])
def test_dieper_dan_vierenzestig_wordt_geweigerd(diep: int) -> None:
    lijf = b"[" * diep + b"]" * diep
    if diep <= 64:
        check_depth(lijf)
    else:
        with pytest.raises(Ondeugdelijk, match="te diep"):
            check_depth(lijf)


@pytest.mark.parametrize(
    ("lijf", "tekst"),
    [
        (rb'{"a": "x\ud800y"}', "x\ufffdy"),
        (rb'{"a": "\udc00\ud83d\ude00"}', "\ufffd😀"),
        (rb'{"a": "\\ud800"}', r"\ud800"),
        (rb'{"a": "\\\ud800"}', "\\\ufffd"),
    ],
)
def test_een_losse_surrogaat_kost_een_teken_en_geen_onderdeel(lijf: bytes, tekst: str) -> None:
    gelezen = parse(lijf, dict)
    assert gelezen["a"] == tekst
    gelezen["a"].encode()


def test_een_dubbele_sleutel_geeft_voor_nakijken_en_tonen_dezelfde_waarde() -> None:
    assert parse(b'{"bsn": "1", "bsn": "2"}', dict) == {"bsn": "2"}


def test_een_getal_van_vijfduizend_cijfers_breekt_niets() -> None:
    from frontoffice.central.zaakvormen import StatusVorm

    goed = parse(b'{"uuid": "u", "statustype": "s", "n": ' + b"9" * 5000 + b"}", StatusVorm)
    assert goed.uuid == "u"


@given(st.binary(max_size=300))
def test_willekeurige_bytes_worden_een_waarde_of_een_nette_fout(ruw: bytes) -> None:
    for vorm in (dict, list):
        with contextlib.suppress(Ondeugdelijk):
            parse(ruw, vorm)


@given(st.binary(max_size=5000), st.integers(1, 97))
def test_gzip_in_willekeurige_stukken_komt_er_heel_uit(ruw: bytes, maat: int) -> None:
    ingepakt = gzip.compress(ruw)
    brokken = [ingepakt[i : i + maat] for i in range(0, len(ingepakt), maat)]
    assert b"".join(unpack(brokken, "gzip", 10_000)) == ruw


def test_een_tijd_zonder_zone_is_utc() -> None:
    kaal = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001 - zo komt hij van de server
    assert as_utc(kaal) == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    plus1 = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    assert as_utc(plus1) == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert as_utc(datetime.min.replace(tzinfo=timezone(timedelta(hours=5)))) is not None
    assert as_utc(None) is None


@pytest.mark.parametrize(
    ("verwijzing", "uuid"),
    [
        (f"https://openzaak.example/zaken/api/v1/zaken/{UUID}", UUID),
        (UUID.upper(), UUID),
        (f"http://169.254.169.254/{UUID}?versie=1", UUID),
        (f"https://x/{UUID}/../../geheim", None),
        (f"https://x/zaken/{UUID}x", None),
        ("", None),
        (None, None),
    ],
)
def test_van_een_verwijzing_telt_alleen_de_uuid_aan_het_eind(
    verwijzing: str | None, uuid: str | None
) -> None:
    assert read_uuid(verwijzing) == uuid


@pytest.mark.parametrize("vreemd", ["../zaken", f"{UUID}/../x", "", "1", f"{UUID}?x=1", f" {UUID}"])
def test_wat_geen_uuid_is_komt_niet_in_een_pad(vreemd: str) -> None:
    with pytest.raises(InvoerFout):
        check_uuid(vreemd)


@given(st.from_regex(r"[0-9]{8,12}", fullmatch=True), st.sampled_from(["/a/{}", "/a/{}/b", "/a/x{}y"]))
def test_een_nummer_in_een_pad_of_zoekvraag_is_niet_te_zien(nummer: str, vorm: str) -> None:
    gemaskeerd = mask_path(vorm.format(nummer), (("filter", nummer), ("page", "2")))
    assert nummer not in gemaskeerd
    assert gemaskeerd.endswith("?filter=…&page=…")

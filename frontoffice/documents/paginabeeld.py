"""Een pdf als plaatjes, voor het voorbeeld op het scherm en voor de printer: overal hetzelfde beeld.

Kent Qt niet. PDFium kan maar één ding tegelijk: een slot laat draden op elkaar wachten.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontoffice.domain.fouten import KifFout

LAAGSTE_DPI, HOOGSTE_DPI = 36, 600
_slot = threading.Lock()


class PaginaFout(KifFout):
    """De pdf is niet te tonen."""

    standaard_code = "pdf_tonen"


@dataclass(frozen=True, slots=True)
class Paginabeeld:
    """Eén bladzijde. `beeldpunten`: rij voor rij van boven af, per punt vier bytes blauw, groen, rood, vol.

    Dat is wat Qt Format_RGB32 noemt. `regellengte` is het aantal bytes van een rij.
    """

    nummer: int
    breedte: int
    hoogte: int
    regellengte: int
    beeldpunten: bytes


def pages(pdf: bytes, dpi: int) -> Iterator[Paginabeeld]:
    """De bladzijden op volgorde, elk pas gemaakt als erom gevraagd wordt.

    Een bladzijde A4 is op 300 dpi 35 MB. Raises PaginaFout, en ValueError bij een onmogelijke `dpi`.
    """
    if not LAAGSTE_DPI <= dpi <= HOOGSTE_DPI:
        raise ValueError(f"dpi ligt tussen {LAAGSTE_DPI} en {HOOGSTE_DPI}")
    aantal = page_count(pdf)
    return (_render(pdf, nummer, dpi) for nummer in range(aantal))


def page_count(pdf: bytes) -> int:
    """Het aantal bladzijden. Raises PaginaFout als het geen leesbare pdf is."""
    with _slot, _open(pdf) as document:
        return len(document)


def _render(pdf: bytes, nummer: int, dpi: int) -> Paginabeeld:
    with _slot, _open(pdf) as document:
        pagina = document[nummer]
        beeld = pagina.render(scale=dpi / 72, fill_color=(255, 255, 255, 255), prefer_bgrx=True)
        try:
            return Paginabeeld(nummer + 1, beeld.width, beeld.height, beeld.stride, bytes(beeld.buffer))
        finally:
            beeld.close()
            pagina.close()


def _open(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fout:
        raise PaginaFout("Dit document is niet te tonen. Maak het opnieuw.") from fout

"""Naar de printer: elke bladzijde in de stand waarin zij is gemaakt, en een zin als er geen printer is."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from PySide6 import QtPrintSupport
from PySide6.QtWidgets import QApplication

from frontoffice.documents.avondpakket import make_pakket
from frontoffice.documents.paginabeeld import pages
from tests.documents.bouwpakket import avondpakket
from ui.afdrukken import print_bladen


def test_een_liggend_blad_komt_liggend_uit_de_printer_en_een_staand_blad_staand(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uit = tmp_path / "uit.pdf"

    class NaarBestand(QtPrintSupport.QPrinter):
        def __init__(self, *over: Any) -> None:
            super().__init__(*over)
            self.setOutputFormat(QtPrintSupport.QPrinter.OutputFormat.PdfFormat)
            self.setOutputFileName(str(uit))

    er_is_er_een = SimpleNamespace(defaultPrinter=lambda: SimpleNamespace(isNull=lambda: False))
    monkeypatch.setattr(QtPrintSupport, "QPrinter", NaarBestand)
    monkeypatch.setattr(QtPrintSupport, "QPrinterInfo", er_is_er_een)
    papier = make_pakket(avondpakket(6)).pdf
    assert print_bladen(pages(papier, 72)) == ""
    with pypdfium2.PdfDocument(papier) as bron, pypdfium2.PdfDocument(uit) as afdruk:
        assert len(bron) == len(afdruk)
        standen = [blad.get_width() > blad.get_height() for blad in afdruk]
        assert standen == [blad.get_width() > blad.get_height() for blad in bron]
        assert standen[:2] == [True, False]


def test_zonder_printer_zegt_het_wat_er_wel_kan(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    geen = SimpleNamespace(defaultPrinter=lambda: SimpleNamespace(isNull=lambda: True))
    monkeypatch.setattr(QtPrintSupport, "QPrinterInfo", geen)
    assert print_bladen(()) == "Er is op deze pc geen printer ingesteld. Kies Opslaan."

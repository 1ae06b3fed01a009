"""Het stijlblad van het hele programma, gemaakt uit kleuren en lettermaten.

Kent geen widgets van schermen: alleen Qt-soorten en de eigenschappen `rol`, `soort` en `fout`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

_BASIS = Template(
    """
QMainWindow, QDialog, QWidget[soort="venster"] { background: $vlak; }
QWidget[soort="kaart"], QWidget[soort="strook"] { background: $vlak_verhoogd; }
QWidget[soort="kop"] { background: $vlak_verhoogd; border-bottom: 1px solid $lijn; }
QFrame[soort="paneel"] { background: $vlak_verhoogd; border: 1px solid $rand; border-radius: 6px; }
QWidget[soort="lijn"] { background: $lijn; }
QWidget[soort="band_demo"] { background: $demo_vlak; }
QWidget[soort="band_gevaar"] { background: $gevaar_vlak; border-left: 4px solid $gevaar; }
QWidget[soort="band_let_op"] { background: $let_op_vlak; border-left: 4px solid $let_op; }
QWidget[soort="band_goed"] { background: $goed_vlak; border-left: 4px solid $goed; }
QWidget[soort="band_grijs"] { background: $zweef; border-left: 4px solid $rand; }
QWidget[soort="dek"] { background: $vlak; }
QScrollArea, QScrollArea > QWidget > QWidget[soort="inhoud"] { background: transparent; border: 0; }

QLabel { background: transparent; }
QLabel[rol="gedempt"], QLabel[rol="klein"] { color: $tekst_zacht; }
QLabel[rol="fout"] { color: $gevaar; }
QLabel[rol="let_op"] { color: $let_op; }
QLabel[rol="goed"] { color: $goed; }
QLabel[kleur="demo"] { color: $demo; }
QLabel[kleur="accent"] { color: $accent; }
QLabel:disabled { color: $uit; }

QPushButton, QToolButton {
    min-height: 18px; padding: 3px 11px; border: 1px solid $rand; border-radius: 4px;
    background: $vlak_verhoogd; color: $tekst; outline: 0;
}
QPushButton:hover, QToolButton:hover { background: $zweef; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $selectie; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 2px 10px; }
QPushButton:disabled, QToolButton:disabled { color: $uit; border-color: $lijn; background: transparent; }
QPushButton[soort="hoofd"] {
    min-height: 26px; padding: 3px 15px; background: $accent; color: $op_accent; border: 1px solid $accent;
    font-weight: 600;
}
QPushButton[soort="hoofd"]:hover { background: $accent_zweef; border-color: $accent_zweef; }
QPushButton[soort="hoofd"]:focus { border: 1px solid $accent; padding: 3px 15px; }
QPushButton[soort="hoofd"]:disabled { background: $zweef; color: $uit; border-color: $lijn; }
QPushButton[soort="groot"] { min-height: 26px; padding: 3px 15px; }
QPushButton[maat="bezoeker"] { min-height: 48px; padding: 3px 23px; font-size: 22pt; }
QPushButton[soort="groot"]:focus { padding: 2px 14px; }
QPushButton[soort="stil"], QToolButton[soort="stil"] {
    border: 1px solid transparent; background: transparent; color: $accent; padding: 3px 7px;
}
QPushButton[soort="stil"]:hover, QToolButton[soort="stil"]:hover { background: $zweef; color: $accent_zweef; }
QPushButton[soort="stil"]:focus, QToolButton[soort="stil"]:focus {
    border: 2px solid $focus; padding: 2px 6px;
}
QPushButton[soort="stil"]:disabled, QToolButton[soort="stil"]:disabled { color: $uit; }

QLineEdit, QComboBox, QSpinBox, QDateEdit {
    min-height: 18px; padding: 3px 7px; border: 1px solid $rand; border-radius: 4px;
    background: $vlak_verhoogd; color: $tekst;
    selection-background-color: $accent; selection-color: $op_accent; placeholder-text-color: $tekst_zacht;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
    border: 2px solid $focus; padding: 2px 6px;
}
QLineEdit[soort="zoekveld"] { min-height: 26px; }
QLineEdit[fout="true"] { border-color: $gevaar; }
QLineEdit:disabled, QComboBox:disabled { color: $uit; background: $vlak; border-color: $lijn; }
QComboBox[soort="groot"] { min-height: 26px; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$iconen/pijl_$soort.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $vlak_verhoogd; border: 1px solid $rand; }
QPlainTextEdit, QTextEdit {
    border: 1px solid $lijn; border-radius: 4px; background: $vlak_verhoogd; color: $tekst; padding: 3px;
    selection-background-color: $accent; selection-color: $op_accent; placeholder-text-color: $tekst_zacht;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 2px; }
QPlainTextEdit[soort="kaal"] { border: 1px solid transparent; background: transparent; padding: 0; }
QPlainTextEdit[soort="kaal"]:focus { border: 2px solid $focus; padding: 0; }
QCheckBox, QRadioButton { min-height: 24px; spacing: 8px; background: transparent; color: $tekst; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $rand; border-radius: 3px; background: $vlak_verhoogd;
    margin: 1px;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("$iconen/vink_$soort.svg");
}
QRadioButton::indicator:checked {
    border-color: $accent; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
        stop:0 $accent, stop:0.5 $accent, stop:0.6 $vlak_verhoogd, stop:1 $vlak_verhoogd);
}
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus; margin: 0; }
QCheckBox:disabled, QRadioButton:disabled { color: $uit; }

QAbstractItemView {
    background: $vlak_verhoogd; alternate-background-color: $vlak; border: 1px solid $lijn;
    border-radius: 4px;
    selection-background-color: $selectie; selection-color: $tekst; outline: 0;
}
QAbstractItemView:focus { border: 2px solid $focus; }
QAbstractItemView[soort="kaal"] { border: 2px solid transparent; border-radius: 0; background: transparent; }
QAbstractItemView[soort="kaal"]:focus { border: 2px solid $focus; border-radius: 4px; }
QHeaderView::section {
    background: $vlak; color: $tekst_zacht; border: 0; border-bottom: 1px solid $lijn; padding: 4px 8px;
}

QMenuBar { background: $vlak_verhoogd; padding: 2px 4px; }
QMenuBar::item { padding: 4px 7px; border-radius: 4px; background: transparent; color: $tekst; }
QMenuBar::item:selected { background: $selectie; }
QMenu { background: $vlak_verhoogd; border: 1px solid $rand; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 8px; border-radius: 4px; color: $tekst; }
QMenu::item:selected { background: $selectie; }
QMenu::item:disabled { color: $uit; }
QMenu::separator { height: 1px; background: $lijn; margin: 4px 8px; }
QMenu::icon { padding-left: 6px; }
QStatusBar { background: $vlak_verhoogd; border-top: 1px solid $lijn; color: $tekst_zacht; min-height: 28px; }
QStatusBar::item { border: 0; }
QToolTip { background: $vlak_verhoogd; color: $tekst; border: 1px solid $rand; padding: 4px 6px; }

QSplitter::handle { background: $lijn; }
QSplitter::handle:hover, QSplitter::handle:focus { background: $accent; }
QProgressBar { border: 0; border-radius: 2px; background: $zweef; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $rand; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $tekst_zacht; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)


def build_stijlblad(
    kleuren: Mapping[str, str], letters: Mapping[str, tuple[float, int]], *, iconen: Path, donker: bool
) -> str:
    """Het hele stijlblad. `kleuren` naam → "#rrggbb"; `letters` rol → (punten, gewicht 100..900).

    `iconen` is de map met de paar tekeningen die het stijlblad zelf nodig heeft.
    """
    soort = "donker" if donker else "licht"
    regels = [_BASIS.substitute(kleuren, iconen=iconen.as_posix(), soort=soort)]
    for rol, (punten, gewicht) in letters.items():
        regels.append(f'QLabel[rol="{rol}"] {{ font-size: {punten:.2f}pt; font-weight: {gewicht}; }}')
    regels.append(f'QLineEdit[soort="zoekveld"] {{ font-size: {letters["gewoon"][0] * 1.15:.2f}pt; }}')
    regels.append(f"QToolTip, QStatusBar QLabel {{ font-size: {letters['klein'][0]:.2f}pt; }}")
    return "\n".join(regels)

"""De talen waaruit een tolk te kiezen is, in hun eigen schrift met het Nederlandse woord erbij."""

from __future__ import annotations

# ISO 639-1 → (eigen naam, Nederlands).
TALEN: dict[str, tuple[str, str]] = {
    "de": ("Deutsch", "Duits"),
    "en": ("English", "Engels"),
    "ar": ("العربية", "Arabisch"),
    "tr": ("Türkçe", "Turks"),
    "pl": ("Polski", "Pools"),
    "uk": ("Українська", "Oekraïens"),
    "ru": ("Русский", "Russisch"),
    "ti": ("ትግርኛ", "Tigrinya"),
    "fr": ("Français", "Frans"),
    "es": ("Español", "Spaans"),
    "zh": ("中文", "Chinees"),
    "fa": ("فارسی", "Farsi"),
    "so": ("Soomaali", "Somalisch"),
    "ro": ("Română", "Roemeens"),
    "bg": ("Български", "Bulgaars"),
    "syr": ("ܣܘܪܝܝܐ", "Syrisch"),
}


def taal_tekst(code: str) -> str:
    """ "Duits – Deutsch"; een onbekende code zoals zij is."""
    if code not in TALEN:
        return code
    eigen, nederlands = TALEN[code]
    return f"{nederlands} – {eigen}"


def taal_naam(code: str) -> str:
    """Alleen het Nederlandse woord, in een zin: "Duits"."""
    return TALEN[code][1] if code in TALEN else code

"""Teksten waarmee een register (of wie er iets in mag typen) kwaad kan, uit de lijst van slechte invoer."""

from __future__ import annotations

VIJANDIG = {
    "plaatje": "<img src='/dev/zero'>",
    "plaatje_van_schijf": '<img src="file:///etc/passwd">',
    "veel_vet": "<b>" * 20_000 + "x",
    "tabellen": "<table><tr><td>" * 300,
    "koppeling": '<a href="file:///usr/bin/xterm">Klik hier</a>',
    "stijl": "<style>*{color:white}</style><h1>Systeembeheer</h1>",
    "markdown": "![x](file:///etc/passwd) **vet**",
    "ampersand": "&Opslaan Jansen & Zn",
    "sjabloon": "%1 %n %L1 {0} {naam} %s ${x}",
    "omkeren": "Jansen\u202egpj.exe\u2066x\u2069",
    "accenten": "Z" + "\u0337\u0321" * 500,
    "ansi": "\x1b[31mrood\x1b]0;titel\x07\x1b[2J\x9b31m",
    "stuurtekens": "a\x00b\x07c\x08\x7f\r\nINFO login ok",
    "half_teken": "a\ud800b",
    "leeg": "\u00a0\u200b \u2060",
    "talen": "محمد بن علي José Şahin-Łukasz Ñ 漢字 🧑\u200d🦽",
    "heel_lang": "lang " * 20_000,
}

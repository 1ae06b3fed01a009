"""Laadt requests zonder de bibliotheek die raadt in welke tekens een antwoord staat: 3,5 MB in elk venster.

Wij raden nooit: JSON is UTF-8, en een document is een rij bytes. requests kan zonder; het waarschuwt alleen.
"""

from __future__ import annotations

import sys
import warnings

_RADER = "charset_normalizer"
_was_er = _RADER in sys.modules

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    if not _was_er:
        sys.modules[_RADER] = None  # type: ignore[assignment]  # zo zegt Python: deze is er niet
    import requests
    from requests.adapters import HTTPAdapter

if not _was_er:
    del sys.modules[_RADER]  # wie hem elders wel wil, mag hem laden

__all__ = ["HTTPAdapter", "requests"]

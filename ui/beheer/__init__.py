"""Beheer van avonden: vooruitkijken, rooster en regels wijzigen, en eerst zien wat een wijziging doet."""

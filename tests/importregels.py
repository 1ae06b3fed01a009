"""Een eigen regel voor import-linter: welke pakketten een deel van het programma wél mag gebruiken.

import-linter kan alleen verbieden; voor het domein is juist de lijst van wat mag kort en vast.
"""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AlleenContract(Contract):
    """`modules` importeren zelf alleen elkaar, de standaardbibliotheek en wat in `toegestaan` staat."""

    modules = fields.ListField(subfield=fields.StringField())
    toegestaan = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        eigen = {naam for wortel in self.modules for naam in {wortel, *graph.find_descendants(wortel)}}
        mag = sys.stdlib_module_names | set(self.toegestaan)
        overtredingen = sorted(
            (module, ander)
            for module in eigen
            for ander in graph.find_modules_directly_imported_by(module)
            if ander not in eigen and ander.partition(".")[0] not in mag
        )
        return ContractCheck(kept=not overtredingen, metadata={"overtredingen": overtredingen})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for module, ander in check.metadata["overtredingen"]:
            output.print_error(f"{module} importeert {ander}")

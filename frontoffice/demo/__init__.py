"""De ingebouwde centrale API en haar verzonnen Losser; alleen op loopback.

Gebruik `DemoServer` uit `frontoffice.demo.server` in hetzelfde proces, `start_demo_proces` uit
`frontoffice.demo.proces` voor een kindproces, en `run` uit `frontoffice.demo.opdracht` voor de opdrachtregel.
"""

"""Several finished runs: their curves, and a table of them."""

"""Several networks on one text: their curves, their table, what each expects next."""

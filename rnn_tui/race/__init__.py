"""Several networks on one text, each in a worker of its own."""

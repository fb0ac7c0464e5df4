"""Learning as a step machine: no thread, no clock, no printing."""

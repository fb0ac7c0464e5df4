"""Learning as a step machine: no clock, no process, no printing."""

"""A network in the window of one update, time step by time step, for each kind of network."""

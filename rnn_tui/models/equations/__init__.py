"""What a layer of each kind of network computes in one time step, in letters."""

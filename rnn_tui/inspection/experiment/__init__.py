"""What a network would have said had something been otherwise at one time step."""

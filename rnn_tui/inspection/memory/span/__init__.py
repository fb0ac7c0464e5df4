"""How much of the past can be read out of the state that a network hands on."""

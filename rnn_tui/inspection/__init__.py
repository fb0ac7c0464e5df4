"""Numbers for looking inside the network: one update laid open, gradient flow."""

"""What the screens that look inside the network show, taken between two updates."""

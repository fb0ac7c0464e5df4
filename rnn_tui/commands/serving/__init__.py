"""What `serve` makes of the options it shares with the screen."""

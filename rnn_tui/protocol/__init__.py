"""What crosses the pipe between screen and worker: frozen values, known to both ends."""

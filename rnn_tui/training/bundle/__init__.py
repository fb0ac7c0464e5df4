"""What a bundle holds beside a checkpoint: the text itself, and the past with all its branches."""

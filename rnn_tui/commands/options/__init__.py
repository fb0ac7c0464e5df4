"""What commands share: how they are read, where values come from, the order they make."""

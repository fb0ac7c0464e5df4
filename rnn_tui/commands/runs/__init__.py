"""What commands that train have in common: where runs are saved, and what is said of them."""

"""A trained network and its history in the forms that other tools read."""

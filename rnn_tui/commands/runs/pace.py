"""How fast the smallest network learns on the screen."""

HELLO_PACE = 12.0
"""Updates a second of the `hello` preset on the screen: learned in four to nine seconds, where
full speed would take a hundredth of one and nobody would have seen it."""

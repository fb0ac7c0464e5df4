"""The stylesheet, parsed once for each set of colors."""

from textual.css.stylesheet import Stylesheet


class ParsedOnce(Stylesheet):
    """A stylesheet that is parsed again only for other colors.

    Textual 8 asks for all of it anew at each screen's first opening, also the very first: 0.04 of
    the second to the first frame. What is new in it is parsed all the same, when it is looked up.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        """Make an empty one for these colors."""
        super().__init__(variables=variables)
        self._colors = variables
        self._outdated = False

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the colors."""
        if variables != self._colors:
            super().set_variables(variables)
            self._colors, self._outdated = variables, True

    def reparse(self) -> None:
        """Parse all of it, if the colors are others.

        Raises:
            StylesheetParseError: A rule is wrong.
        """
        if self._outdated:
            super().reparse()
            self._outdated = False

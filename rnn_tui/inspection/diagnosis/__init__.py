"""Why an update was not made."""

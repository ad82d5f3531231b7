"""Files, databases and services come in here."""

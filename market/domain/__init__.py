"""Values and rules: time is handed in, and nothing but the standard library is used."""
